// The words of the first page in one file.
export default import.meta.glob<Record<string, unknown>>('./en/{common,problems,access,home,records}.json', { eager: true, import: 'default' });
