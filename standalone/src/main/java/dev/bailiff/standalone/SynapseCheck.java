package dev.bailiff.standalone;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.homeserver.synapse.api.ServerCalls;
import dev.bailiff.homeserver.synapse.api.TestedVersions;
import dev.bailiff.homeserver.synapse.database.Finding;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiCall;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Synapse whether Bailiff can work on it: its version, whose the admin token is, whether the
 * owner is a server admin, and whether the application service can act as users. It changes
 * nothing.
 */
final class SynapseCheck {
  private static final ApiPath VERSION = ApiPath.of("/_synapse/admin/v1/server_version");

  private final SynapseInfo synapse;
  private final Consumer<String> passed;

  /**
   * @param passed receives one line for each check that passed
   */
  SynapseCheck(SynapseInfo synapse, Consumer<String> passed) {
    this.synapse = synapse;
    this.passed = passed;
  }

  /**
   * Asks.
   *
   * @throws CommandException with one sentence about the first check that failed
   */
  SynapseFinding run() {
    String adminToken = token(synapse.adminTokenFile());
    String appservice = synapse.appserviceTokenFile();
    String appserviceToken = appservice == null ? null : token(appservice);
    try (SynapseClient client = synapse.factory().client()) {
      String version = version(client);
      passed.accept("Synapse              " + version + " at " + synapse.url());
      TestedVersions.warning(version)
          .ifPresent(warning -> passed.accept("version              not tested: " + warning));
      String account = owner(client, adminToken);
      requireAdmin(client, adminToken, account);
      passed.accept("admin token          of " + account + ", a server admin");
      String serverName = account.substring(account.indexOf(':') + 1);
      passed.accept("server name          " + serverName);
      if (appservice != null && appserviceToken != null) {
        requireAppservice(client, appservice, appserviceToken, account);
        passed.accept("application service  accepted, acts as users: redactions go by it");
      } else {
        passed.accept("application service  none: redactions go through Synapse's own job");
      }
      List<String> warnings =
          Stream.of(synapse.adminTokenFile(), appservice)
              .filter(Objects::nonNull)
              .flatMap(file -> new ServiceToken(Path.of(file)).exposure().stream())
              .toList();
      warnings.forEach(warning -> passed.accept("warning              " + warning));
      return new SynapseFinding(
          serverName,
          version,
          account,
          appserviceToken != null,
          warnings,
          purgeWay(client),
          mediaWay(client));
    } catch (NoAnswerException e) {
      throw noAnswer("Synapse at " + synapse.url() + " does not answer in time");
    } catch (RateLimitedException e) {
      throw noAnswer("Synapse at " + synapse.url() + " has too many requests just now");
    } catch (HomeserverUnavailableException e) {
      throw noAnswer(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes the checks of a purge by direct SQL. A check that fails is no fault of the start: Synapse
   * then purges by itself.
   */
  private @Nullable String purgeWay(SynapseClient client) {
    SynapseHomeserverFactory factory = synapse.factory();
    SqlPurge purge = factory.purge(factory.account(client)).orElse(null);
    if (purge == null) {
      return null;
    }
    try (purge) {
      return refusal("direct SQL", purge::findings)
          .map(
              refused ->
                  "Large rooms are purged by Synapse alone, as direct SQL is refused: " + refused)
          .orElse("Large rooms are purged by direct SQL in Synapse's database.");
    }
  }

  /** Makes the checks of questions about files. Without them 'unused-elsewhere' is refused. */
  private @Nullable String mediaWay(SynapseClient client) {
    SynapseHomeserverFactory factory = synapse.factory();
    MediaUses uses = factory.mediaUses(factory.account(client)).orElse(null);
    if (uses == null) {
      return null;
    }
    try (uses) {
      return refusal("uses of media", uses::findings)
          .map(
              refused ->
                  "\"media\": \"unused-elsewhere\" is refused, as Synapse's database may not be asked: "
                      + refused)
          .orElse("Synapse's database tells what else shows a file.");
    }
  }

  /** Makes checks and prints them; returns the first that failed. */
  private Optional<String> refusal(String purpose, Supplier<List<Finding>> checks) {
    List<Finding> findings;
    try {
      findings = checks.get();
    } catch (HomeserverUnavailableException | IllegalStateException e) {
      findings = List.of(new Finding("database", Optional.of(String.valueOf(e.getMessage()))));
    }
    findings.forEach(
        finding ->
            passed.accept(
                String.format(
                    Locale.ROOT,
                    "%-20s %s: %s",
                    purpose,
                    finding.name(),
                    finding.problem().map(problem -> "refused, " + problem).orElse("passed"))));
    return findings.stream()
        .filter(finding -> !finding.passed())
        .findFirst()
        .map(refused -> refused.name() + ", " + refused.problem().orElse(""));
  }

  private static String token(String file) {
    Path path = Path.of(file);
    ConfigFile.existing(path);
    try {
      return new ServiceToken(path).value();
    } catch (HomeserverUnavailableException e) {
      throw new CommandException(ExitCode.WRONG_USAGE, String.valueOf(e.getMessage()));
    }
  }

  private String version(SynapseClient client) {
    Answer answer = client.send(ApiCall.get(VERSION), null);
    String version = answer.body().path("server_version").asText("");
    if (!answer.isOk() || version.isEmpty()) {
      throw noAnswer(
          "no Synapse with its admin API is at "
              + synapse.url()
              + ": "
              + VERSION.text()
              + " answers "
              + answer.status());
    }
    return version;
  }

  private String owner(SynapseClient client, String token) {
    Answer answer = client.sendAs(ApiCall.get(ServerCalls.whoami()), token);
    String account = answer.body().path("user_id").asText("");
    if (!answer.isOk() || account.indexOf(':') < 0) {
      throw refused(
          "Synapse refuses the token in " + synapse.adminTokenFile() + ": " + reason(answer));
    }
    return account;
  }

  private void requireAdmin(SynapseClient client, String token, String account) {
    Answer answer =
        client.sendAs(ApiCall.get(ApiPath.of("/_synapse/admin/v2/users/{}", account)), token);
    if (answer.status() == 403) {
      throw refused(
          "the token in "
              + synapse.adminTokenFile()
              + " is of "
              + account
              + ", who is no server admin of this Synapse");
    }
    if (!answer.isOk()) {
      throw refused(
          "Synapse does not show the account of the token in "
              + synapse.adminTokenFile()
              + ": "
              + reason(answer));
    }
  }

  /** A token with a device belongs to a user, and such a token would act as that user alone. */
  private void requireAppservice(SynapseClient client, String file, String token, String account) {
    Answer answer =
        client.sendAs(ApiCall.get(ServerCalls.whoami().with("user_id", account)), token);
    String actsAs = answer.body().path("user_id").asText("");
    if (answer.status() == 401) {
      throw refused(
          "Synapse does not know the application service of the token in "
              + file
              + ": name its registration in app_service_config_files and restart Synapse");
    }
    if (answer.isOk() && (answer.body().has("device_id") || !actsAs.equals(account))) {
      throw refused(
          "the token in " + file + " is of " + actsAs + ", not of an application service");
    }
    if (!answer.isOk()) {
      throw refused(
          "the application service of the token in "
              + file
              + " cannot act as "
              + account
              + ": "
              + reason(answer)
              + "; 'bailiff synapse registration' prints the namespace that it needs");
    }
  }

  private static String reason(Answer answer) {
    return answer.error().isEmpty()
        ? "it answers " + answer.status()
        : answer.status() + " " + answer.error();
  }

  private static CommandException noAnswer(String sentence) {
    return new CommandException(ExitCode.NO_ANSWER, sentence);
  }

  private static CommandException refused(String sentence) {
    return new CommandException(ExitCode.REFUSED, sentence);
  }
}
