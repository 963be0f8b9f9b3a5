/**
 * Words that say nothing about what a correction is about: English function words, the talk around a command
 * ("please", "go ahead"), and negations, which both a rule and its breach use ("never push", "why did you push").
 */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a about above again all also although am an and another any anything are as at be because been before being below ' +
    'between both but by came can cannot cant come could couldnt did didnt do does doesnt doing done dont down during ' +
    'each either else even ever every everything few for from further get gets getting go goes going gonna got had hadnt ' +
    'has hasnt have havent having he her here hers hi hello him his how however i id if ill im in into is isnt it its ' +
    'itself ive just kind know less let lets like little ll look looks lot made many may maybe me mean might more most ' +
    'much must my myself need needs neither never no nor not nothing now of off ok okay on once one only or other others ' +
    'our ours out over own per perhaps please pretty put quite rather re really said same say says see seem seems shall ' +
    'she should shouldnt shouldve since so some something sorry still stuff such sure take than thank thanks that thats ' +
    'the their theirs them then there theres these they theyre thing things think this those though through thus to too ' +
    'try up upon us use used using ve very via want wants was wasnt way we well went were werent weve what whats when ' +
    'where whether which while who whom whose why will with within without wont would wouldnt wouldve yeah yep yes yet ' +
    'you youd youll your youre yours yourself youve ahead always around away back bit came case actually already ' +
    'basically claude cursor agent assistant currently definitely exactly first good great hey instead last long make ' +
    'makes making new next obviously probably right second seriously simply soon stop wait wrong'
  ).split(' '),
);
