/** The engine in a worker, as a web server delivers it. */
import { serve } from './serve.ts';

serve();
