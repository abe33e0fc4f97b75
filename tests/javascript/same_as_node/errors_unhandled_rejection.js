// Rejections: handled late, handled by the process, with values that are no errors.
process.on('unhandledRejection', (reason, promise) => console.log('unhandled', reason instanceof Error ? reason.message : reason, promise instanceof Promise));
process.on('rejectionHandled', () => console.log('handled later'));
const late = Promise.reject(new Error('late'));
setTimeout(() => late.catch(() => console.log('caught')), 5);
Promise.reject('a text'); Promise.reject(undefined); Promise.reject({ code: 1 });
Promise.reject(new Error('in time')).catch((error) => console.log('caught', error.message));
(async () => { throw new Error('async'); })();
