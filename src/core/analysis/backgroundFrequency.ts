/**
 * How many of a thousand instructions of real prompt files hold a word (stemmed), for the words that stand in most: 22,907
 * instructions of twelve public repositories of agent prompts; names of single projects are left out. Such a word in
 * common says little: nearly every prompt has an instruction with "test" or "file" in it.
 */
const wordsByFrequency: Readonly<Record<number, string>> = {
  81: 'test',
  53: 'code',
  48: 'document',
  46: 'implement',
  44: 'file',
  39: 'task',
  38: 'pattern',
  35: 'optim',
  32: 'user perform',
  30: 'secur requir',
  29: 'data',
  28: 'design analysi',
  27: 'valid',
  26: 'check creat md specif chang manag',
  25: 'integr',
  23: 'read review system',
  22: 'error tool run',
  21: 'oper work strategi name',
  20: 'context plan architectur write',
  19: 'structur type report',
  18: 'queri updat commit configur',
  17: 'handl doc complet exist develop log state comprehens',
  16: 'practic build gener project featur step function',
  15: 'verifi execut git base path api',
  14: 'agent decis research track refer time command framework deploy provid monitor version',
  13: 'maintain multi set ensur includ skill process pr complex fix workflow',
  12: 'autom applic depend issu qualiti follow compon detail ask identifi improv memori appli engin product clear understand',
  11: 'request best find after pass statu output exampl sourc pm script rule directori model progress',
  10: 'action across analyz branch current cross failur databas descript format assess',
  9: 'respons servic call list load access add behavior consist standard surfac content search verif effici domain inform fail cli metric start control coordin coverag schema setup spec',
};

/** Share of instructions at large that hold the word, by stem. */
export const backgroundShare: ReadonlyMap<string, number> = new Map(
  Object.entries(wordsByFrequency).flatMap(([perThousand, stems]) =>
    stems.split(' ').map((stem): [string, number] => [stem, Number(perThousand) / 1000]),
  ),
);
