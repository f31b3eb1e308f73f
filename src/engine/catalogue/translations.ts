/**
 * What glibc's error texts are in other languages, as its own translations have them: samhain prints the system's text in
 * the language of the service. More languages are more lines; no code knows any of them.
 */
export const translations: Readonly<Record<string, readonly string[]>> = {
  "Connection refused": ["Verbindungsaufbau abgelehnt", "Connexion refusée", "Conexión rehusada", "Connessione rifiutata", "Ligação recusada", "Conexão recusada", "Verbinding is geweigerd", "Połączenie odrzucone", "Spojení odmítnuto", "Förbindelsen förvägrad", "Opkobling nægtet", "Yhteys torjuttu", "В соединении отказано"],
  "Connection timed out": ["Die Wartezeit für die Verbindung ist abgelaufen", "Connexion terminée par expiration du délai d'attente", "Expiró el tiempo de conexión", "Connessione scaduta", "Ligação expirada", "Tempo esgotado para conexão", "Verbinding is verlopen", "Przekroczony czas oczekiwania na połączenie", "Spojení bylo příliš dlouho neaktivní", "Förbindelsens tidsgräns löpte ut", "Opkoblingen overskred tidsgrænsen", "Yhteys aikakatkaistu", "Время ожидания соединения истекло"],
  "No route to host": ["Keine Route zum Zielrechner", "Aucun chemin d'accès pour atteindre l'hôte cible", "No existe ninguna ruta hasta el `host'", "Nessun instradamento per l'host", "Sem caminho para o anfitrião", "Não há rota para o host", "Geen route naar host", "Brak trasy do hosta", "K počítači neexistuje cesta", "Ingen väg till värd", "Ingen rute til værtsmaskinen", "Reititystä koneeseen ei ole", "Нет маршрута до узла"],
  "Network is unreachable": ["Das Netzwerk ist nicht erreichbar", "Le réseau n'est pas accessible", "La red es inaccesible", "La rete non è raggiungibile", "Rede inacessível", "A rede está fora de alcance", "Netwerk is onbereikbaar", "Sieć jest niedostępna", "Síť není dostupná", "Nätverket kan inte nås", "Netværket er ikke tilgængeligt", "Verkkoa ei tavoiteta", "Сеть недоступна"],
  "Network is down": ["Das Netzwerk ist nicht aktiv", "Le réseau ne fonctionne pas", "La red no está activa", "La rete non è disponibile", "A rede está em baixo", "A rede não responde", "Netwerk ligt plat", "Sieć jest wyłączona", "Síťování je mimo provoz", "Nätverket är nere", "Netværket er nede", "Verkko on poissa käytöstä", "Сеть не работает"],
  "Host is down": ["Der Rechner ist nicht aktiv", "L'hôte cible est arrêté ou en panne", "El `host' no está operativo", "L'host non è attivo", "O anfitrião está em baixo", "Host está desligado", "Host is inactief", "Urządzenie jest wyłączone", "Počítač není v provozu", "Värddator är nere", "Værtsmaskinen er nede", "Kone on alhaalla", "Узел выключен"],
  "Connection reset by peer": ["Die Verbindung wurde vom Kommunikationspartner zurückgesetzt", "Connexion ré-initialisée par le correspondant", "Conexión reinicializada por la máquina remota", "Connessione interrotta dal corrispondente", "Ligação reposta pelo peer", "Conexão fechada pela outra ponta", "Verbinding is weggevallen", "Połączenie zerwane przez drugą stronę", "Spojení zrušeno druhou stranou", "Förbindelse borttagen av partnern", "Forbindelsen brudt i den anden ende", "Vastapää sulki yhteyden", "Соединение разорвано другой стороной"],
  "Broken pipe": ["Datenübergabe unterbrochen (broken pipe)", "Relais brisé (pipe)", "Tubería rota", "Pipe interrotta", "Túnel quebrado", "Pipe quebrado", "Gebroken pijp", "Przerwany potok", "Roura přerušena (SIGPIPE)", "Brutet rör", "Kanalen blev brudt", "Katkennut putki", "Обрыв канала"],
  "Permission denied": ["Keine Berechtigung", "Permission non accordée", "Permiso denegado", "Permesso negato", "Permissão recusada", "Permissão negada", "Toegang geweigerd", "Brak dostępu", "Operace zamítnuta", "Åtkomst nekas", "Adgang nægtet", "Lupa evätty", "Отказано в доступе"],
  "Address already in use": ["Die Adresse wird bereits verwendet", "Adresse déjà utilisée", "La dirección ya se está usando", "Indirizzo già in uso", "Endereço já em uso", "Adres is al in gebruik", "Adres jest już w użyciu", "Adresa je užívána", "Adressen redan upptagen", "Adressen er allerede i brug", "Osoite on jo käytössä", "Адрес уже используется"],
  "Cannot assign requested address": ["Die angeforderte Adresse kann nicht zugewiesen werden", "Ne peut attribuer l'adresse demandée", "No se puede asignar la dirección solicitada", "Impossibile assegnare l'indirizzo richiesto", "Impossível atribuir o endereço pedido", "Não foi possível acessar o endereço requisitado", "Kan verzochte adres niet toewijzen", "Nie można przypisać żądanego adresu", "Požadovanou adresu nelze přiřadit", "Kan inte tilldela begärd adress", "Kan ikke tildele den ønskede adresse", "Pyydettyä osoitetta ei voi asettaa", "Невозможно назначить запрошенный адрес"],
  "No such file or directory": ["Datei oder Verzeichnis nicht gefunden", "Aucun fichier ou dossier de ce type", "No existe el fichero o el directorio", "File o directory non esistente", "Ficheiro ou pasta inexistente", "Arquivo ou diretório inexistente", "Bestand of map bestaat niet", "Nie ma takiego pliku ani katalogu", "Adresář nebo soubor neexistuje", "Filen eller katalogen finns inte", "Ingen sådan fil eller filkatalog", "Tiedostoa tai hakemistoa ei ole", "Нет такого файла или каталога"],
  "No space left on device": ["Auf dem Gerät ist kein Speicherplatz mehr verfügbar", "Aucun espace disponible sur le périphérique", "No queda espacio en el dispositivo", "Spazio esaurito sul device", "Sem espaço livre no dispositivo", "Não há espaço disponível no dispositivo", "Geen ruimte meer over op apparaat", "Brak miejsca na urządzeniu", "Na zařízení není volné místo", "Enheten är full", "Ikke mere plads på enheden", "Laitteella ei ole tilaa jäljellä", "На устройстве не осталось свободного места"],
  "Too many open files": ["Zu viele offene Dateien", "Trop de fichiers ouverts", "Demasiados ficheros abiertos", "Troppi file aperti", "Demasiados ficheiros abertos", "Muitos arquivos abertos", "Te veel open bestanden", "Za dużo otwartych plików", "Překročen limit počtu otevřených souborů", "För många öppna filer", "For mange åbne filer", "Liian monta avointa tiedostoa", "Слишком много открытых файлов"],
  "Read-only file system": ["Das Dateisystem ist nur lesbar", "Système de fichiers accessible en lecture seulement", "Sistema de ficheros de sólo lectura", "File system in sola lettura", "Sistema de ficheiros só de leitura", "Sistema de arquivos somente para leitura", "Bestandssysteem is alleen-lezen", "System plików wyłącznie do odczytu", "Systém souborů je pouze pro čtení", "Skrivskyddat filsystem", "Filsystem med kun læseadgang", "Kirjoitussuojattu tiedostojärjestelmä", "Файловая система доступна только для чтения"],
  "Is a directory": ["Ist ein Verzeichnis", "est un dossier", "Es un directorio", "È una directory", "É pasta", "É um diretório", "Is een map", "Jest katalogiem", "je adresářem", "Är en katalog", "Er et filkatalog", "On hakemisto", "Это каталог"],
  "Not a directory": ["Ist kein Verzeichnis", "N'est pas un dossier", "No es un directorio", "Non è una directory", "Não é pasta", "Não é um diretório", "Is geen map", "Nie jest katalogiem", "není adresářem", "Inte en katalog", "Ikke et katalog", "Ei ole hakemisto", "Это не каталог"],
  "Operation not permitted": ["Die Operation ist nicht erlaubt", "Opération non permise", "Operación no permitida", "Operazione non permessa", "Operação não permitida", "Actie is niet toegestaan", "Operacja niedozwolona", "Operace není povolena", "Operationen inte tillåten", "Operationen er ikke tilladt", "Toiminto ei ole sallittu", "Операция не позволена"],
  "Name or service not known": ["Der Name oder der Dienst ist nicht bekannt", "Nom ou service inconnu", "Nombre o servicio desconocido", "Nome o servizio sconosciuto", "Nome ou serviço desconhecidos", "Nome ou serviço desconhecido", "Naam of dienst is niet bekend", "Ta nazwa lub usługa jest nieznana", "Neznámé jméno nebo služba", "Namn eller tjänst okänd", "Navn eller tjeneste ukendt", "Nimeä tai palvelua ei tunneta", "Неизвестное имя или служба"],
  "Temporary failure in name resolution": ["Temporärer Fehler bei der Namensauflösung", "Échec temporaire dans la résolution du nom", "Fallo temporal en la resolución del nombre", "Errore temporaneo nella risoluzione del nome", "Falha temporária na resolução de nome", "Falha temporário na resolução de nome", "Tijdelijk probleem in naamsherleiding", "Odwzorowanie nazwy jest chwilowo niemożliwe", "Dočasná chyba při vyhodnocování jména", "Namnuppslagning misslyckades temporärt", "Midlertidig fejl i navneopslag", "Tilapäinen virhe nimenselvityksessä", "Временный сбой в разрешении имен"],
  "Non-recoverable failure in name resolution": ["Nicht-behebbarer Fehler in der Namensauflösung", "Échec non récupérable lors de la résolution du nom", "Fallo irrecuperable en la resolución del nombre", "Errore irrecuperabile nella risoluzione del nome", "Falha irrecuperável na resolução de nome", "Onherstelbaar probleem in naamsherleiding", "Wystąpił krytyczny błąd w odwzorowaniu nazw", "Neopravitelná chyba při vyhodnocení názvu", "Icke återhämtningsbart fel i namnuppslagningen", "Uoverkommelig fejl i navneopslag", "Peruuttamaton virhe nimenselvityksessä", "Неисправимая ошибка в разрешении имен"],
  "No address associated with hostname": ["Zu diesem Hostnamen gehört keine Adresse", "Aucune adresse associée avec le nom de l'hôte", "No existe ninguna dirección asociada al nombre", "Nessun indirizzo associato al nome host", "Sem endereço associado ao nome de servidor", "Não há endereço associado com o nome", "Aan hostnaam is geen adres verbonden", "Brak adresu związanego z nazwą hosta", "Jméno počítače nemá přiřazenu adresu", "Ingen adress associerad med värdnamn", "Ingen adresse associeret med værtsnavn", "Konenimeen ei liity osoitetta", "С именем узла не связано ни одного адреса"],
};

/** Texts longer than this, or with more parts, are no system's. */
const longest = 300;

const fold = (text: string): string => text.toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').trim();

const english = new Map(
  Object.entries(translations).flatMap(([text, others]) => others.map((other) => [fold(other), text] as const)),
);

/** Bytes that a log shows as `\303\274`, read as UTF-8. */
function unescape(text: string): string {
  if (!/\\[23]\d\d/.test(text)) return text;
  return text.replace(/(?:\\[23][0-7]{2})+/g, (run) => {
    const bytes = run.split('\\').slice(1).map((octal) => Number.parseInt(octal, 8));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}

/**
 * A value with the system's error text in English, if it holds a known translation: alone, behind a colon
 * (`Connection error: …`), behind a word in capitals (`PANIC …`), before a comma (`…, address yule.example.net`). Else the value as it is.
 */
export function inEnglish(value: string): string {
  if (value.length > longest || !value.includes(' ')) return value;
  const text = unescape(value);
  const starts = [0];
  for (let at = text.indexOf(': '); at >= 0; at = text.indexOf(': ', at + 1)) starts.push(at + 2);
  const word = /^[A-Z]{3,12} /.exec(text)?.[0];
  if (word) starts.push(word.length);
  for (const start of starts) {
    for (let end = text.indexOf(',', start); ; end = text.indexOf(',', end + 1)) {
      const part = text.slice(start, end < 0 ? undefined : end);
      const known = english.get(fold(part));
      if (known) return text.slice(0, start) + known + text.slice(start + part.length);
      if (end < 0) break;
    }
  }
  return value;
}
