package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.access.IssuedToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scopes;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff tokens list}. */
@Command(
    name = "list",
    description = {
      "Lists the tokens: id, name, what they may, when made and about when last used. A token itself is never shown.",
      ""
    })
final class TokenListCommand implements Callable<Integer> {
  @Mixin private TokenStore store = new TokenStore();

  @Option(names = "--json", description = "Print the tokens as a JSON list.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    List<IssuedToken> tokens = store.with(OperatorTokens::list);
    if (json) {
      terminal.out().println(asJson(tokens));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("id", "name", "created", "last used", "from", "may");
    for (IssuedToken token : tokens) {
      table.add(
          token.id(),
          token.name(),
          seconds(token.createdAt()),
          seconds(token.lastUsedAt()).orElse("never"),
          token.lastUsedAddress().orElse(""),
          rights(token));
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }

  private static ArrayNode asJson(List<IssuedToken> tokens) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (IssuedToken token : tokens) {
      list.addObject()
          .put("id", token.id())
          .put("name", token.name())
          .put("created_at", seconds(token.createdAt()))
          .put("last_used_at", seconds(token.lastUsedAt()).orElse(null))
          .put("last_used_address", token.lastUsedAddress().orElse(null))
          .put("legacy", token.terms().isLegacy())
          .put("jobs_a_minute", token.terms().limits().jobsAMinute())
          .put("targets_a_day", token.terms().limits().targetsADay())
          .set("scopes", texts(token.terms().effectiveScopes().sorted()));
    }
    return list;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  /** Everything is one word, as most lists of scopes are long. */
  private static String rights(IssuedToken token) {
    var terms = token.terms();
    if (terms.isLegacy()) {
      return "legacy";
    }
    var parts = new ArrayList<String>();
    parts.add(
        terms.effectiveScopes().cover(Scopes.ALL)
            ? "everything"
            : String.join(" ", terms.effectiveScopes().sorted()));
    terms.targets().forEach(glob -> parts.add("on " + glob));
    if (terms.mostTargets() != null) {
      parts.add("at most " + terms.mostTargets());
    }
    if (terms.limits().jobsAMinute() != null) {
      parts.add(terms.limits().jobsAMinute() + " jobs a minute");
    }
    if (terms.limits().targetsADay() != null) {
      parts.add(terms.limits().targetsADay() + " targets a day");
    }
    terms.networks().forEach(network -> parts.add("from " + network));
    if (terms.expiresAt() != null) {
      parts.add("until " + seconds(terms.expiresAt()));
    }
    return String.join(", ", parts);
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Optional<String> seconds(Optional<Instant> time) {
    return time.map(TokenListCommand::seconds);
  }
}
