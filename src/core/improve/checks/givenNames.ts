/** Frequent given names that are no everyday words of English or of software (no Will, Mark, Grace, Ruby, Jordan, Claude). */
const names = `aaron adam adrian ahmed alan albert alejandro alex alexander alexandra alexey alice alicia alina amanda amelia amy ana
anders andre andrea andreas andrei andrew andy angela anita anna anne anthony antoine anton antonio arjun arthur ashley barbara
ben benjamin bernard beth bob brandon brenda brian bruno caleb camille carla carlos carol caroline cathy charles charlotte chen
chloe chris christian christina christopher claire clara colin craig cynthia daniel daniela danny dave david deborah dennis derek diana diego
dmitri donald dorothy doug douglas dylan edward elena eli elizabeth ella ellen emily emma eric erik erin ethan eugene evan
fatima felix fernando fiona frances francesca francisco frank fred gabriel gary george gerald giovanni gloria greg gregory hannah hans harold
harry heather hector helen henry hugo ian igor ingrid irene isaac isabel isabella ivan jacob jake james jamie jan jane janet jason javier
jean jeff jeffrey jen jenna jennifer jenny jeremy jerry jesse jessica jim jimmy joan joe joel johan johannes john johnny jon jonas jonathan
jose joseph josh joshua juan judith judy julia julian julie jun justin karen karl kate katherine kathleen katie keith kelly ken kenneth
kevin kim klaus kumar kyle lars laura lauren lena leo leon leonard liam linda lisa louis lucas lucy luis luke magnus manuel marco
marcus margaret maria marie marina mario martha martin mary mateo matt matteo matthew megan mei melissa michael michelle miguel mike mikhail
mohammed monica nancy natalie natasha nathan neha nicholas nick nicolas nicole nikita nina noah nora olga oliver olivia oscar
pablo pamela patricia patrick paul paula pedro peter phil philip pierre priya rachel rafael raj rajesh ralph raymond rebecca
ricardo richard robert roberto rodrigo roger ronald rosa roy russell ryan samantha samuel sandra sanjay sara sarah scott sean
sebastian sergei sergey sergio sharon simon sofia sophia sophie stephanie stephen steve steven stuart susan sven tanya teresa terry
theo theresa thomas tim timothy tina todd tom tommy tony tyler valentina vanessa vera victoria vijay vincent vladimir
walter wei wendy william xavier yuki yusuf zachary zoe`;

const given: ReadonlySet<string> = new Set(names.split(/\s+/));

const word = /(?<![\p{L}\p{N}@/._`#-])\p{Lu}\p{Ll}{1,14}(?![\p{L}\p{N}_/@-]|\.\p{L})/gu;
/** Names that belong to a thing: laws, methods, tools. */
const thing =
  /^\s+(?:Hooks?|Server|Framework|Theorem|Law|Pattern|Style|Index|Coleman|Kincaid|Mono|Sans|Serif|algorithm|filter|distance|test|notation|Fowler|Martin|Beck|Cockburn|Feathers|Nystrom)\b|^['’]s\s+(?:law|razor|rule|theorem|algorithm)\b/i;

/** Given names of persons in a text, with their capital. A guess by a list: rare names are not found. */
export function givenNamesIn(text: string): string[] {
  return [...text.matchAll(word)].flatMap(({ 0: found, index }) =>
    given.has(found.toLowerCase()) && !thing.test(text.slice(index + found.length)) ? [found] : [],
  );
}
