package dev.parley.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.testkit.FakeClient;
import dev.parley.edge.testkit.FakeLeases;
import dev.parley.edge.testkit.VirtualLoop;
import dev.parley.schemas.id.Ids;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresenceTest {

  private final VirtualLoop loop = new VirtualLoop();
  private final FakeLeases leases = new FakeLeases();
  private final Set<UUID> notListening = new HashSet<>();
  private final Presence presence =
      new Presence(
          loop,
          leases,
          leases,
          (_, conversation) -> !notListening.contains(conversation),
          new PresenceLimits(2, 1, 5_000, 250));
  private final UUID group = Ids.uuid7();
  private final FakeClient ada = new FakeClient(Ids.uuid7());
  private final FakeClient bob = new FakeClient(Ids.uuid7());

  @Test
  void theFirstValueComesAtOnceAndThenOnlyChanges() {
    presence.start();
    follow(ada, Set.of(bob.user()), Set.of());
    loop.advance(11_000);
    assertThat(online()).containsExactly(false);

    presence.enter(bob);
    loop.advance(250);
    presence.leave(bob);
    loop.advance(250);
    assertThat(online()).containsExactly(false, true, false);
  }

  @Test
  void aPersonIsOnlineUntilTheLastDeviceLeaves() {
    var phone = new FakeClient(bob.user());
    presence.enter(bob);
    presence.enter(phone);
    presence.leave(bob);
    loop.settle();
    assertThat(leases.online).containsExactly(bob.user());

    presence.leave(phone);
    loop.settle();
    assertThat(leases.online).isEmpty();
  }

  @Test
  void ofManyChangesInAMomentOneIsTold() {
    follow(ada, Set.of(), Set.of(group));
    for (var i = 0; i < 50; i++) {
      follow(new FakeClient(Ids.uuid7()), Set.of(), Set.of(group));
    }
    loop.advance(1_000);

    assertThat(ada.all("counts")).hasSize(1);
    assertThat(ada.all("counts").getFirst().path("d").path("people").asInt()).isEqualTo(51);
  }

  @Test
  void overALimitNothingIsTaken() {
    var many = Set.of(Ids.uuid7(), Ids.uuid7(), Ids.uuid7());
    assertThat(follow(ada, many, Set.of())).isEqualTo(Presence.Taken.TOO_MANY);
    assertThat(follow(ada, Set.of(), Set.of(group, Ids.uuid7())))
        .isEqualTo(Presence.Taken.TOO_MANY);
    assertThat(leases.subscribed).isEmpty();
    assertThat(leases.here).isEmpty();
  }

  @Test
  void whoStopsListeningIsNoLongerCounted() {
    presence.start();
    follow(ada, Set.of(), Set.of(group));
    loop.advance(100);
    assertThat(leases.here).hasSize(1);

    notListening.add(group);
    loop.advance(5_000);
    assertThat(leases.here).isEmpty();
    assertThat(follow(ada, Set.of(), Set.of(group))).isEqualTo(Presence.Taken.NOT_LISTENING);
  }

  @Test
  void whoLeavesLeavesNothingBehind() {
    presence.enter(ada);
    follow(ada, Set.of(bob.user()), Set.of(group));
    presence.leave(ada);
    loop.advance(1_000);

    assertThat(leases.online).isEmpty();
    assertThat(leases.here).isEmpty();
    assertThat(leases.subscribed).isEmpty();
    assertThat(ada.frames).isEmpty();
  }

  @Test
  void whatAStoreForgotIsNotTakenForAnEnd() {
    presence.start();
    leases.online.add(bob.user());
    leases.here.add(new Leases.Here(group, bob.user(), false));
    follow(ada, Set.of(bob.user()), Set.of(group));
    loop.advance(6_000);

    leases.online.clear();
    leases.here.clear();
    leases.whole = false;
    loop.advance(12_000);
    assertThat(online()).containsExactly(true);
    assertThat(ada.all("counts").getLast().path("d").path("people").asInt()).isEqualTo(2);

    // Nobody took up the lease again, so it was the end.
    leases.whole = true;
    loop.advance(6_000);
    assertThat(online()).containsExactly(true, false);
    assertThat(ada.all("counts").getLast().path("d").path("people").asInt()).isEqualTo(1);
  }

  @Test
  void whoSaysThatTheyLeaveIsBelievedThoughTheStoreForgotTheOthers() {
    presence.start();
    leases.online.add(bob.user());
    follow(ada, Set.of(bob.user()), Set.of());
    loop.advance(6_000);
    leases.online.clear();
    leases.whole = false;
    presence.said(bob.user(), false);
    loop.advance(300);
    assertThat(online()).containsExactly(true, false);
  }

  @Test
  void aStoreThatWasAwayIsRightAgainWithinOneRenewal() {
    presence.start();
    leases.away = true;
    presence.enter(bob);
    follow(ada, Set.of(bob.user()), Set.of(group));
    loop.advance(6_000);
    assertThat(ada.frames).isEmpty();

    leases.away = false;
    loop.advance(5_000);
    assertThat(online()).containsExactly(true);
    assertThat(ada.all("counts")).hasSize(1);
    assertThat(leases.online).containsExactly(bob.user());
  }

  private Presence.Taken follow(FakeClient client, Set<UUID> users, Set<UUID> conversations) {
    var taken = presence.subscribe(client, users, conversations).toCompletableFuture();
    loop.settle();
    return taken.join();
  }

  private List<Boolean> online() {
    return ada.all("presence").stream().map(f -> f.path("d").path("online").asBoolean()).toList();
  }
}
