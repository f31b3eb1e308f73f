/** Where the project's files can be edited and errors be reported, if a build is told: REPOSITORY=https://git.example.net/owner/site npm run build */

const repository = () => process.env.REPOSITORY?.replace(/\/+$/, '');

/** Before the path of a file, the address of a page that edits it. GitHub, Gitea and GitLab understand this form. */
export const editAddress = (): string | undefined => {
  const at = repository();
  return at && `${at}/edit/${process.env.REPOSITORY_BRANCH ?? 'main'}`;
};

/** Where an error of the site is reported. */
export const issuesAddress = (): string | undefined => {
  const at = repository();
  return at && `${at}/issues`;
};

/** A file of the project to be read. */
export const fileAddress = (path: string): string | undefined => {
  const at = repository();
  return at && `${at}/blob/${process.env.REPOSITORY_BRANCH ?? 'main'}/${path}`;
};
