package dev.bailiff.homeserver.synapse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverContext;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.guard.AdminTurns;
import dev.bailiff.homeserver.synapse.api.ServerCalls;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.homeserver.synapse.database.TableRights;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code homeserver: {type: synapse}}: a running Synapse.
 *
 * <pre>
 * key                 default  meaning
 * url                 –        address of Synapse, without a path
 * adminTokenFile      –        file with the token of the service account, a server admin
 * appserviceTokenFile none     file with the token of an application service; without it,
 *                              redactions go through Synapse's own job
 * timeout             8s       of one call of a job; below the 10 s of the port
 * tasks               3        of the five tasks that Synapse runs at a time, so many may be ours
 * pace                         speed of the calls of jobs ({@link PaceConfig})
 * database            none     Synapse's own database, for purges of large rooms by direct SQL and
 *                              for questions about files ({@link SynapseDatabaseConfig})
 * </pre>
 */
@JsonTypeName(SynapseHomeserverFactory.TYPE)
public final class SynapseHomeserverFactory implements HomeserverFactory {
  private static final Logger LOG = LoggerFactory.getLogger(SynapseHomeserverFactory.class);

  /** The word of this homeserver in a configuration and in the database. */
  public static final String TYPE = "synapse";

  @NotNull @JsonProperty private @Nullable URI url;
  @NotNull @JsonProperty private @Nullable Path adminTokenFile;
  @JsonProperty private @Nullable Path appserviceTokenFile;

  @NotNull
  @MinDuration(1)
  @JsonProperty
  private Duration timeout = Duration.seconds(8);

  @Min(1)
  @Max(5)
  @JsonProperty
  private int tasks = 3;

  @NotNull @JsonProperty private PaceConfig pace = PaceConfig.defaults();

  @Valid @JsonProperty private @Nullable SynapseDatabaseConfig database;

  /** For Jackson, and for {@link #of}. */
  public SynapseHomeserverFactory() {}

  /** A factory with the defaults for all other keys. */
  public static SynapseHomeserverFactory of(
      URI url, Path adminTokenFile, @Nullable Path appserviceTokenFile) {
    var factory = new SynapseHomeserverFactory();
    factory.setUrl(url);
    factory.adminTokenFile = adminTokenFile;
    factory.appserviceTokenFile = appserviceTokenFile;
    return factory;
  }

  /** The same factory with Synapse's own database. */
  public SynapseHomeserverFactory withDatabase(SynapseDatabaseConfig synapseDatabase) {
    this.database = synapseDatabase;
    return this;
  }

  /** The address of Synapse. */
  public URI url() {
    return required(url, "url");
  }

  /**
   * Sets the address.
   *
   * @throws IllegalArgumentException if it is no address of a Synapse, or has a password in it
   */
  @JsonProperty("url")
  void setUrl(URI url) {
    SynapseUrls.require(url);
    this.url = url;
  }

  /** The file with the token of the service account. */
  public Path adminTokenFile() {
    return required(adminTokenFile, "adminTokenFile");
  }

  /** The file with the token of the application service; null if there is none. */
  public @Nullable Path appserviceTokenFile() {
    return appserviceTokenFile;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Homeserver build(HomeserverContext context) {
    return open(AdminTurns.of(context.jdbi()));
  }

  /** The homeserver; it shares nothing with the process that it runs in. */
  public SynapseHomeserver open() {
    return open(AdminTurns.ofProcess());
  }

  private SynapseHomeserver open(AdminTurns adminTurns) {
    var client = client();
    var account = account(client);
    return new SynapseHomeserver(
        account,
        appserviceTokenFile == null ? null : new ServiceAccount(client, token(appserviceTokenFile)),
        new SynapseHomeserver.Bounds(tasks, pace, adminTurns),
        purge(account).orElse(null),
        mediaUses(account).orElse(null));
  }

  /**
   * Purges by direct SQL, which connect with their first use; empty if they are not enabled. The
   * caller closes them.
   */
  public Optional<SqlPurge> purge(ServiceAccount account) {
    return database == null || !database.purge().enabled()
        ? Optional.empty()
        : Optional.of(SqlPurge.open(database, new ServerCalls(account)::version));
  }

  /**
   * What tells which files something shows; it connects with its first use. Empty if it is not
   * enabled. The caller closes it.
   */
  public Optional<MediaUses> mediaUses(ServiceAccount account) {
    var server = new ServerCalls(account);
    return database == null || !database.media().enabled()
        ? Optional.empty()
        : Optional.of(
            MediaUses.open(
                database,
                database.purge().enabled() ? SqlPurge.rights() : TableRights.toRead(List.of()),
                server::version,
                new ServerNames(server)::get));
  }

  /** A client to this Synapse; the caller closes it. */
  public SynapseClient client() {
    return new SynapseClient(url(), timeout.toJavaDuration());
  }

  /** The service account over a client. */
  public ServiceAccount account(SynapseClient client) {
    return new ServiceAccount(client, token(adminTokenFile()));
  }

  private static ServiceToken token(Path file) {
    var token = new ServiceToken(file);
    token.exposure().ifPresent(LOG::warn);
    return token;
  }

  private static <T> T required(@Nullable T value, String key) {
    if (value == null) {
      throw new IllegalStateException("homeserver." + key + " is missing");
    }
    return value;
  }
}
