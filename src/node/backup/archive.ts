/** What reads and writes encrypted archives: loaded when the first one is, since encryption and its libraries are rarely needed. */
export { generateKeyPair, recipientOf } from './ageStream';
export { readArchive } from './readArchive';
export { writeArchive } from './writeArchive';
