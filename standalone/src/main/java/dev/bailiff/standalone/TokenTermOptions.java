package dev.bailiff.standalone;

import dev.bailiff.access.NewToken;
import dev.bailiff.access.ScopePreset;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenLimits;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.filter.Network;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new token may. Without any of these options it may everything, for ever. */
final class TokenTermOptions {
  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "What it may, as jobs:read or jobs:submit:delete-rooms; may be given many times.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "In place of scopes: viewer, moderator, approver or bot.")
  private @Nullable String preset;

  @Option(
      names = "--target",
      paramLabel = "GLOB",
      description = "Only users, rooms and media like this, as '@*:example.org'; may be repeated.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--most-targets",
      paramLabel = "N",
      description = "Only jobs of so many targets at most.")
  private @Nullable Integer mostTargets;

  @Option(
      names = "--jobs-a-minute",
      paramLabel = "N",
      description = "So many jobs within a minute at most.")
  private @Nullable Integer jobsAMinute;

  @Option(
      names = "--targets-a-day",
      paramLabel = "N",
      description =
          "So many targets of its jobs within a day at most. Filters go as dry runs then, whose plans it runs.")
  private @Nullable Integer targetsADay;

  @Option(
      names = "--network",
      paramLabel = "CIDR",
      description = "Only from there, as 203.0.113.0/24; may be repeated.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ends, as 2027-01-31T00:00:00Z.")
  private @Nullable String expires;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What it is for.")
  private String description = "";

  NewToken token(String name) {
    return new NewToken(
        name,
        description,
        new TokenTerms(
            scopes(),
            targets,
            positive("--most-targets", mostTargets),
            networks(),
            end(),
            new TokenLimits(
                positive("--jobs-a-minute", jobsAMinute),
                positive("--targets-a-day", targetsADay))),
        null);
  }

  private Scopes scopes() {
    if (preset != null) {
      if (!scopes.isEmpty()) {
        throw refusal("give either --scope or --preset");
      }
      return ScopePreset.of(preset)
          .map(ScopePreset::scopes)
          .orElseThrow(() -> refusal("--preset must be one of " + ScopePreset.words()));
    }
    try {
      return scopes.isEmpty() ? Scopes.ALL : Scopes.parse(scopes, kinds());
    } catch (IllegalArgumentException e) {
      throw refusal("--scope: " + e.getMessage());
    }
  }

  private static List<String> kinds() {
    return KindContracts.load().names().stream().map(JobKind::name).toList();
  }

  private static @Nullable Integer positive(String option, @Nullable Integer number) {
    if (number != null && number < 1) {
      throw refusal(option + " is 1 at least");
    }
    return number;
  }

  private List<String> networks() {
    for (var network : networks) {
      if (Network.parse(network).isEmpty()) {
        throw refusal("--network must look like 203.0.113.0/24, not '" + network + "'");
      }
    }
    return networks;
  }

  private @Nullable Instant end() {
    if (expires == null) {
      return null;
    }
    try {
      return Instant.parse(expires);
    } catch (DateTimeParseException e) {
      throw refusal("--expires must look like 2027-01-31T00:00:00Z");
    }
  }

  private static CommandException refusal(String why) {
    return new CommandException(ExitCode.WRONG_USAGE, why);
  }
}
