package dev.bailiff.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code database}.
 *
 * <pre>
 * key            default  meaning
 * url            –        jdbc:postgresql://host:port/database; with a standby host:port,host:port and
 *                         targetServerType=primary
 * user           –
 * password       –        never logged
 * owner          –        user and password of the role that owns the tables; without it, user is the owner
 * maxPoolSize    16       connections at most; a worker takes slots of all kinds + express + 5 if that is more
 * socketTimeout  15s      a connection silent for longer is cut; above the 10 s that a batch may take
 * connectTimeout 5s       for a new connection
 * poolTimeout    15s      for one from the pool while all of them are in use; a worker waits 3 s at most
 * </pre>
 */
public final class DatabaseConfig {
  @NotBlank @JsonProperty private String url = "";
  @NotBlank @JsonProperty private String user = "";
  @JsonProperty private String password = "";

  @Valid @JsonProperty private @Nullable OwnerRole owner;

  @Min(2)
  @JsonProperty
  private int maxPoolSize = 16;

  @NotNull @JsonProperty private Duration socketTimeout = Duration.seconds(15);
  @NotNull @JsonProperty private Duration connectTimeout = Duration.seconds(5);
  @NotNull @JsonProperty private Duration poolTimeout = Duration.seconds(15);

  private @Nullable UUID dataFolder;
  private boolean refusesOldLayout;

  /** For the YAML. */
  public DatabaseConfig() {}

  /** For processes that start their own database. */
  public DatabaseConfig(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /**
   * The role that owns the schemas: it migrates, makes partitions and archives the audit. The user
   * of the configuration gets from it what the work needs, and no more.
   *
   * @param password never logged
   */
  public record OwnerRole(
      @NotBlank @JsonProperty String user, @JsonProperty @Nullable String password) {
    /** Leaves out the password, so that settings may be logged. */
    @Override
    public String toString() {
      return "OwnerRole[user=" + user + "]";
    }
  }

  /** The same configuration, with another role for the tables. */
  public DatabaseConfig ownedBy(OwnerRole role) {
    var copy = withAtLeast(maxPoolSize);
    copy.owner = role;
    return copy;
  }

  /** The role that owns the tables; empty if it is the user. */
  public Optional<OwnerRole> owner() {
    return Optional.ofNullable(owner);
  }

  /** The same configuration with the owner of the tables as its user. */
  public DatabaseConfig asOwner() {
    if (owner == null) {
      return this;
    }
    var copy = withAtLeast(maxPoolSize);
    copy.user = owner.user();
    copy.password = Objects.requireNonNullElse(owner.password(), "");
    copy.owner = null;
    return copy;
  }

  /** JDBC URL. */
  public String url() {
    return url;
  }

  /** User name. */
  public String user() {
    return user;
  }

  /** Password; keep it out of logs. */
  public String password() {
    return password;
  }

  /** Connections at most. */
  public int maxPoolSize() {
    return maxPoolSize;
  }

  /** The same configuration with at least this number of connections. */
  public DatabaseConfig withAtLeast(int connections) {
    var copy = new DatabaseConfig(url, user, password);
    copy.owner = owner;
    copy.maxPoolSize = Math.max(maxPoolSize, connections);
    copy.socketTimeout = socketTimeout;
    copy.connectTimeout = connectTimeout;
    copy.poolTimeout = poolTimeout;
    copy.dataFolder = dataFolder;
    copy.refusesOldLayout = refusesOldLayout;
    return copy;
  }

  /** The same configuration, but nobody waits longer than this for a connection. */
  public DatabaseConfig waitingAtMost(Duration limit) {
    var copy = withAtLeast(maxPoolSize);
    copy.connectTimeout = shorter(limit, connectTimeout);
    copy.poolTimeout = shorter(limit, poolTimeout);
    return copy;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The same configuration, restricted to the database of this data folder; null allows any. */
  public DatabaseConfig of(@Nullable UUID folder) {
    var copy = withAtLeast(maxPoolSize);
    copy.dataFolder = folder;
    return copy;
  }

  /**
   * The same configuration, restricted to a database that this release can work on. Meant for
   * processes that apply no migrations: a migration would detect the old layout itself.
   */
  public DatabaseConfig refusingOldLayout() {
    var copy = withAtLeast(maxPoolSize);
    copy.refusesOldLayout = true;
    return copy;
  }

  /** Whether a connection to a database of the old layout fails. */
  boolean refusesOldLayout() {
    return refusesOldLayout;
  }

  /** The data folder that the database must belong to; null for any. */
  @Nullable UUID dataFolder() {
    return dataFolder;
  }

  /** How long a connection may be silent before it is cut. */
  public Duration socketTimeout() {
    return socketTimeout;
  }

  /** How long to wait for a new connection. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** How long to wait for a connection of the pool while all are in use. */
  public Duration poolTimeout() {
    return poolTimeout;
  }
}
