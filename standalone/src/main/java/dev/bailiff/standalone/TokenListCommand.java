package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.OperatorTokens.Issued;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
      "Lists the tokens: id, name, when made and about when last used. A token itself is never shown.",
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
    List<Issued> tokens = store.with(OperatorTokens::list);
    if (json) {
      terminal.out().println(asJson(tokens));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("id", "name", "created", "last used");
    for (Issued token : tokens) {
      table.add(
          token.id(),
          token.name(),
          seconds(token.createdAt()),
          seconds(token.lastUsedAt()).orElse("never"));
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }

  private static ArrayNode asJson(List<Issued> tokens) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Issued token : tokens) {
      list.addObject()
          .put("id", token.id())
          .put("name", token.name())
          .put("created_at", seconds(token.createdAt()))
          .put("last_used_at", seconds(token.lastUsedAt()).orElse(null));
    }
    return list;
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Optional<String> seconds(Optional<Instant> time) {
    return time.map(TokenListCommand::seconds);
  }
}
