package dev.bailiff.standalone;

import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.standalone.terminal.Prompt;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Lets nobody work many targets whose number they do not know: a person types it, a script gives it
 * with {@code --yes}.
 */
final class Confirmation {
  private final Optional<Prompt> prompt;

  @Option(
      names = "--yes",
      paramLabel = "N",
      description = {
        "Goes on if exactly N targets are to be worked, without a question.",
        "A pipe needs it for more than one target and for a filter."
      })
  private @Nullable Long yes;

  Confirmation() {
    this(Prompt.ofProcess());
  }

  Confirmation(Optional<Prompt> prompt) {
    this.prompt = prompt;
  }

  /**
   * Refuses at once what could not be confirmed later.
   *
   * @throws CommandException if there is neither a person nor a number
   */
  void check() {
    if (yes == null && prompt.isEmpty()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "nobody can be asked: say with --yes=N how many targets are to be worked;"
              + " --dry-run tells the number");
    }
  }

  /**
   * Shows the plan's numbers and returns if the number of targets is confirmed.
   *
   * @throws CommandException if it is another number, or no target is to be worked
   */
  void ask(PlanReply plan, PrintWriter err) {
    check();
    long targets = plan.targets() - plan.leftOutCount();
    err.println(PlanText.numbers(plan));
    if (targets == 0) {
      throw new CommandException(ExitCode.REFUSED, "no target is left to work, so no job was made");
    }
    if (yes == null) {
      askFor(targets, err);
    } else if (yes != targets) {
      throw new CommandException(
          ExitCode.REFUSED,
          String.format(
              Locale.ROOT,
              "the number of targets to work is %d, not %d; no job was made",
              targets,
              yes));
    }
  }

  private void askFor(long targets, PrintWriter err) {
    var typed =
        prompt.orElseThrow().ask(err, "This cannot be undone. Type the number of targets to work:");
    if (!typed.equals(Long.toString(targets))) {
      throw new CommandException(
          ExitCode.REFUSED, "that is not the number of targets; no job was made");
    }
  }
}
