/** What people mistype most in English talk about software, each with what they meant. */
const common: ReadonlyMap<string, string> = new Map(
  `shoudl:should shoud:should sould:should woudl:would coudl:could teh:the hte:the adn:and taht:that thsi:this wih:with wtih:with
  thier:their recieve:receive seperate:separate seperately:separately definately:definitely occured:occurred occurance:occurrence
  existance:existence propper:proper propperly:properly proprely:properly carefull:careful carefuly:carefully dilligently:diligently
  neccessary:necessary necesary:necessary unneccessary:unnecessary succesful:successful sucessful:successful succesfully:successfully
  commiting:committing commited:committed commiter:committer refering:referring refered:referred refference:reference
  reffer:refer begining:beginning continously:continuously enviroment:environment enviornment:environment dependancy:dependency
  dependancies:dependencies dependecies:dependencies implemenation:implementation implemetation:implementation impelment:implement
  implment:implement functionallity:functionality funtion:function funciton:function fucntion:function documention:documentation
  documenation:documentation documetation:documentation directoy:directory direcotry:directory direcory:directory repositry:repository
  verison:version verions:versions chagne:change chnage:change chagnes:changes cahnge:change udpate:update upate:update updte:update
  exmaple:example exapmle:example explicitely:explicitly independant:independent consistant:consistent consistancy:consistency
  maintainance:maintenance maintenence:maintenance varaible:variable varible:variable paramter:parameter
  paramters:parameters arguement:argument sumarize:summarize summerize:summarize comprehentions:comprehensions redundent:redundant
  relevent:relevant accross:across alot:a_lot alway:always alwasy:always allways:always nver:never nevr:never befor:before beofre:before
  untill:until wich:which whcih:which becuase:because becasue:because instad:instead insted:instead intead:instead isntead:instead
  dont:don't doesnt:doesn't didnt:didn't isnt:isn't arent:aren't wasnt:wasn't shouldnt:shouldn't couldnt:couldn't wouldnt:wouldn't
  havent:haven't hasnt:hasn't thats:that's youre:you're theres:there's lets:let's
  instuctions:instructions instrutions:instructions instructons:instructions intructions:instructions explaination:explanation
  guidence:guidance guidlines:guidelines guidline:guideline formated:formatted formating:formatting runing:running writting:writing
  stoping:stopping planing:planning useing:using makeing:making anaylze:analyze analize:analyze anlayze:analyze
  ammend:amend adress:address adressed:addressed alredy:already aready:already acheive:achieve apropriate:appropriate
  assumtion:assumption asumption:assumption calender:calendar catagory:category comand:command comands:commands comit:commit
  comits:commits concice:concise configuraiton:configuration contribtor:contributor convension:convention conventinal:conventional
  correclty:correctly correctlty:correctly credentals:credentials dicuss:discuss dictionnary:dictionary diffrent:different
  efficent:efficient everthing:everything everythin:everything exisiting:existing exisitng:existing extention:extension
  follwing:following folowing:following follove:follow gurantee:guarantee heirarchy:hierarchy immediatly:immediately immediatley:immediately
  langauge:language lenght:length libary:library mispelled:misspelled ouput:output ouptut:output overide:override
  permision:permission persistant:persistent posible:possible preform:perform privilage:privilege proccess:process proces:process
  recomend:recommend refactr:refactor requirment:requirement requirments:requirements responce:response retreive:retrieve 
  scirpt:script scrpit:script similiar:similar specifc:specific speficic:specific strucutre:structure stucture:structure
  suceed:succeed suposed:supposed themselvers:themselves therfore:therefore tommorow:tomorrow tranform:transform unecessary:unnecessary
  usefull:useful validaton:validation visable:visible worklfow:workflow workfow:workflow workling:working`
    .split(/\s+/)
    .map((pair): [string, string] => {
      const [wrong = '', right = ''] = pair.split(':');
      return [wrong, right.replaceAll('_', ' ')];
    }),
);

const codeOrWord = /`[^`]*`|[\p{L}][\p{L}'’-]*(?![\w./])/gu;

/** The text with the commonest slips of the keyboard put right; what stands in code marks stays, and so do capitals. */
export function spelledRight(text: string): string {
  return text.replace(codeOrWord, (found, at: number) => {
    if (found.startsWith('`') || /[\w./@#$-]/.test(text.charAt(at - 1))) return found;
    const right = common.get(found.toLowerCase());
    if (right === undefined) return found;
    return /^\p{Lu}/u.test(found) ? right.charAt(0).toUpperCase() + right.slice(1) : right;
  });
}
