package dev.bailiff.standalone.fault.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.synapse.SynapseFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers in front of a real Synapse that die in each operation of each kind, after Synapse has
 * answered and before anything of it is recorded.
 */
@Tag("synapse")
class SynapseWorkerFaultIT {

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.empty();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir static Path folder;

  private static SynapseFixture fixture;
  private static LiveStack stack;

  @TempDir Path markers;

  @BeforeAll
  static void start() {
    fixture = SynapseFixture.withAppservice();
    var synapse = fixture.synapse();
    stack =
        new LiveStack(
            folder,
            postgres,
            kafka,
            ServerAddresses.Leases.SHORT_WITH_MANY_ATTEMPTS,
            new SynapseAddress(synapse.url(), synapse.adminToken(), synapse.serviceToken(), null));
  }

  @AfterAll
  static void stop() {
    stack.close();
    fixture.close();
  }

  @AfterEach
  void killWorkers() {
    stack.killWorkers();
  }

  @Test
  void workersThatDieInEachStageOfEachKindLoseNothingAndRepeatNothing() {
    var flood = Flood.on(fixture, Flood.Size.SMALL);
    var moments =
        List.of(
            // close-account, leave-rooms, verify
            "closeAccounts",
            "joinedRooms",
            "verifyAccounts",
            // plan of redact-events or delete-media
            "unknownUsers",
            // redact, verify
            "redact",
            "eventsLeft",
            // plan, shut-down, move-aliases, close-room, verify; without SQL nothing else purges
            "prepareRooms",
            "removeMembers:task",
            "moveAliases",
            "finishPurge:task",
            "verifyRooms",
            // plan, purge, verify
            "prepareHistory",
            "purgeHistory:task",
            "verifyHistory",
            // delete, and the list of media that delete and verify read
            "deleteMedia",
            "mediaRanges");

    var jobs = RunningJobs.submit(stack, flood.jobs());
    var workers = new MortalWorkers(stack, stack.synapse(), markers, moments);
    jobs.awaitEnd(workers::replaceTheDead);

    assertThat(workers.deaths()).containsExactlyInAnyOrderElementsOf(moments);
    jobs.assertAllGone();
    flood.assertEverythingIsDoneOnce();
  }

  @Test
  void workersThatDieWhileATaskOfSynapseRedactsLetItEndAndStartNoSecond() {
    var flood = Flood.on(fixture, new Flood.Size(0, 20, 0, 1, 0));
    var moments = List.of("redact", "redact:task", "eventsLeft");

    var jobs = RunningJobs.submit(stack, List.of(flood.redaction()));
    var workers = new MortalWorkers(stack, stack.synapse().withoutAppservice(), markers, moments);
    jobs.awaitEnd(workers::replaceTheDead);

    assertThat(workers.deaths()).containsExactlyInAnyOrderElementsOf(moments);
    jobs.assertAllGone();
    flood.assertRedactedOnce();
    assertThat(new SynapseQuestions(fixture).tasks("redact_all_events", flood.spammer()))
        .hasSize(1);
  }
}
