/** What came of it: read out where it stands. */
export function Outcome({ error, done }: { error: string | undefined; done: string | undefined }) {
  return (
    <>
      <p className="form-error" role="alert">
        {error}
      </p>
      <p className="form-done" role="status">
        {done}
      </p>
    </>
  );
}
