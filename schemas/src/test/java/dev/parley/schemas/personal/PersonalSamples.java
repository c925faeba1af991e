package dev.parley.schemas.personal;

import dev.parley.schemas.Samples;
import dev.parley.schemas.command.Command;
import java.util.List;

/// One of everything that a member keeps, with fixed values.
public final class PersonalSamples {

  private PersonalSamples() {}

  public static List<Personal> values() {
    return List.of(
        new Personal.Delivered(0),
        new Personal.Read(12),
        new Personal.ThreadRead(Samples.ROOT, 12),
        new Personal.Muted(-1),
        new Personal.Muted(0),
        new Personal.Muted(1_760_000_000_123L),
        new Personal.Pinned(false),
        new Personal.Archived(true),
        new Personal.Draft(null),
        new Personal.Draft(Samples.SEALED),
        new Personal.Hidden(Samples.MESSAGE),
        new Personal.Reported(Samples.MESSAGE, ReportReason.SPAM, null),
        new Personal.Reported(Samples.MESSAGE, ReportReason.OTHER, Samples.SEALED),
        new Personal.ReportSettled(Samples.MESSAGE, Settlement.ACTED),
        new Personal.Held(
            Samples.MESSAGE, new Command.SendMessage(Samples.SEALED, Samples.ROOT, null), "spam"),
        new Personal.HeldSettled(Samples.ADA, Samples.MESSAGE, true));
  }

  public static PersonalEntry entry(Personal value) {
    return new PersonalEntry(Samples.CONVERSATION, Samples.ADA, 1_760_000_000_123L, false, value);
  }

  public static List<PersonalEntry> entries() {
    return values().stream().map(PersonalSamples::entry).toList();
  }
}
