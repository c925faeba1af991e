package dev.parley.simulation;

/// How much happened, to see that something did.
///
/// @param events in the log
/// @param undone events that were shown, aborted, and decided again
/// @param pushed events on sockets
/// @param found by somebody in the index, each message once
/// @param erased people
/// @param levelMillisMax longest time until everybody had everything, once nothing broke any more
record Tally(
    long seeds,
    long events,
    long undone,
    long answers,
    long refusals,
    long repeats,
    long pushed,
    long resumes,
    long gaps,
    long found,
    long erased,
    long faults,
    long levelMillisMax) {

  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        seeds + other.seeds,
        events + other.events,
        undone + other.undone,
        answers + other.answers,
        refusals + other.refusals,
        repeats + other.repeats,
        pushed + other.pushed,
        resumes + other.resumes,
        gaps + other.gaps,
        found + other.found,
        erased + other.erased,
        faults + other.faults,
        Math.max(levelMillisMax, other.levelMillisMax));
  }
}
