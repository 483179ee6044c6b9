package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.standalone.client.FakeGateway;
import dev.bailiff.standalone.terminal.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many targets are worked only if their number was typed or given. */
class ConfirmationTest {
  private static final String[] MANY = {
    "submit", "deactivate-users", "--filter", "user_id=@a*", "--reason", "spam"
  };

  private final StringWriter err = new StringWriter();
  private FakeGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = FakeGateway.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void theNumberThatIsGivenIsThatOfThePlan() {
    planned(38, 1);
    gateway.answers(202, "{\"job_id\":\"j1\",\"status\":\"scheduled\"}");

    assertThat(run(MANY, "--yes=37", "--priority", "5")).isEqualTo(ExitCode.DONE);

    assertThat(gateway.asked()).hasSize(4);
    assertThat(gateway.asked().get(0))
        .endsWith(
            "{\"kind\":\"deactivate-users\",\"filter\":{\"user_id\":\"@a*\"},"
                + "\"parameters\":{},\"dry_run\":true}");
    assertThat(gateway.asked().get(3))
        .isEqualTo(
            "POST /_bailiff/v1/jobs/p1/run Bearer the-token"
                + " {\"reason\":\"spam\",\"priority\":5}");
    assertThat(err.toString()).contains("targets 38, left out 1: accounts 38");
  }

  @Test
  void anotherNumberMakesNoJob() {
    planned(38, 1);

    assertThat(run(MANY, "--yes=38")).isEqualTo(ExitCode.REFUSED);

    assertThat(err.toString()).contains("the number of targets to work is 37, not 38");
    assertThat(gateway.asked()).noneMatch(request -> request.contains("/run"));
  }

  @Test
  void nothingToWorkMakesNoJob() {
    planned(2, 2);

    assertThat(run(MANY, "--yes=0")).isEqualTo(ExitCode.REFUSED);

    assertThat(err.toString()).contains("no target is left to work");
    assertThat(gateway.asked()).noneMatch(request -> request.contains("/run"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "submit deactivate-users --filter user_id=@a* --reason spam",
        "submit deactivate-users --target @a:x --target @b:x --reason spam"
      })
  void aPipeWithoutANumberIsRefusedBeforeAnythingIsAsked(String command) {
    assertThat(run(command.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains("--yes=N");
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void aPlanOfManyIsRunByItsNumberOnly() {
    gateway.answers(200, plan(38, 1));

    assertThat(run("run", "p1", "--reason", "spam")).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run("run", "p1", "--reason", "spam", "--yes=1")).isEqualTo(ExitCode.REFUSED);

    assertThat(gateway.asked()).noneMatch(request -> request.contains("/run"));
  }

  @Test
  void onePersonTypesTheNumber() {
    typed("37\n").ask(planOf(38, 1), new PrintWriter(err));

    assertThat(err.toString()).contains("left out 1", "Type the number of targets to work: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"38\n", "y\n", "\n", ""})
  void whatIsNotTheNumberMakesNoJob(String line) {
    var confirmation = typed(line);
    var plan = planOf(38, 1);

    assertThatThrownBy(() -> confirmation.ask(plan, new PrintWriter(err)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("that is not the number of targets");
  }

  private static Confirmation typed(String lines) {
    return new Confirmation(Optional.of(new Prompt(new BufferedReader(new StringReader(lines)))));
  }

  private static PlanReply planOf(long targets, long leftOut) {
    return new PlanReply(
        targets,
        List.of(),
        leftOut,
        null,
        Map.of("accounts", targets),
        List.of(),
        null,
        "no job of this kind has completed yet",
        Instant.EPOCH);
  }

  /** The answers to a dry run that has ended, and to the request for its plan. */
  private void planned(long targets, long leftOut) {
    gateway
        .answers(202, "{\"job_id\":\"p1\",\"status\":\"scheduled\"}")
        .answers(200, "{\"job_id\":\"p1\",\"status\":\"completed\"}")
        .answers(200, plan(targets, leftOut));
  }

  private static String plan(long targets, long leftOut) {
    return """
        {"targets": %1$d, "left_out": [], "left_out_count": %2$d, "next": null,
         "numbers": {"accounts": %1$d}, "unknown": [], "estimated_seconds": null,
         "estimate_basis": "none", "planned_at": "2026-11-23T08:00:00Z"}
        """
        .formatted(targets, leftOut);
  }

  private int run(String[] command, String... more) {
    return run(Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new));
  }

  private int run(String... arguments) {
    var address = gateway.address();
    var all =
        Stream.concat(
            Arrays.stream(arguments),
            Stream.of("--url", address.url().toString(), "--token", address.token()));
    return Bailiff.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
