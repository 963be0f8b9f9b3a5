/** An agent's hook must not wait for what the other commands need, so it is a bundle of its own. */
if (process.argv[2] === 'hook') void import('../hook/main');
else void import('./main');
