package dev.parley.projection.fold;

import dev.parley.projection.fold.ViewChange.Stay;
import dev.parley.projection.fold.ViewChange.StayPatch;
import dev.parley.schemas.conversation.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stays of one conversation, as a run of events changes them.
final class MembersFold {

  private final UUID conversation;
  private final Map<UUID, Stay> open = new LinkedHashMap<>();
  private final List<Stay> closed = new ArrayList<>();
  private final Map<UUID, StayPatch> patches = new LinkedHashMap<>();
  private int grown;

  MembersFold(UUID conversation) {
    this.conversation = conversation;
  }

  void join(UUID user, Role role, long seq) {
    var before = patches.get(user);
    if (open.containsKey(user) || (before != null && before.leftSeq() == null)) {
      throw new IllegalStateException(
          "Expected %s not to be in conversation %s, but they join again at seq %d"
              .formatted(user, conversation, seq));
    }
    open.put(user, new Stay(conversation, user, seq, null, role, 0));
    grown++;
  }

  void leave(UUID user, long seq) {
    var stay = open.remove(user);
    if (stay != null) {
      closed.add(
          new Stay(
              conversation, user, stay.joinedSeq(), seq, stay.role(), stay.mutedUntilMillis()));
    } else {
      var patch = patchOf(user);
      patches.put(
          user, new StayPatch(conversation, user, seq, patch.role(), patch.mutedUntilMillis()));
    }
    grown--;
  }

  void changeRole(UUID user, Role role) {
    var stay = open.get(user);
    if (stay != null) {
      open.put(
          user,
          new Stay(conversation, user, stay.joinedSeq(), null, role, stay.mutedUntilMillis()));
    } else {
      var patch = patchOf(user);
      patches.put(user, new StayPatch(conversation, user, null, role, patch.mutedUntilMillis()));
    }
  }

  /// @param untilMillis 0: may speak again
  void mute(UUID user, long untilMillis) {
    var stay = open.get(user);
    if (stay != null) {
      open.put(
          user, new Stay(conversation, user, stay.joinedSeq(), null, stay.role(), untilMillis));
    } else {
      var patch = patchOf(user);
      patches.put(user, new StayPatch(conversation, user, null, patch.role(), untilMillis));
    }
  }

  /// The stay that was there before this run. Once left it cannot change again.
  private StayPatch patchOf(UUID user) {
    @Nullable StayPatch patch = patches.get(user);
    if (patch == null) {
      return new StayPatch(conversation, user, null, null, null);
    }
    if (patch.leftSeq() != null) {
      throw new IllegalStateException(
          "Expected %s to be in conversation %s, but they left at seq %d"
              .formatted(user, conversation, patch.leftSeq()));
    }
    return patch;
  }

  void addTo(ViewChange change) {
    change.stays().addAll(closed);
    change.stays().addAll(open.values());
    change.stayPatches().addAll(patches.values());
    if (grown != 0) {
      change.memberships().put(conversation, grown);
    }
  }
}
