(async () => {
  console.log((await import('data:text/javascript,export default 5; export const name = "x"')).default);
  console.log(
    (
      await import(
        'data:text/javascript;base64,' +
          Buffer.from('export default import.meta.url.slice(0, 5)').toString('base64')
      )
    ).default
  );
  await import('data:text/css,a').catch((error) => console.log(error.code));
  await import('data:text/javascript,import "fs"; throw new Error("inside")').catch((error) =>
    console.log(error.message)
  );
})();
