package dev.bailiff.homeserver.synapse.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code homeserver.database}: Synapse's own database. Nothing connects to it unless
 * {@code purge.enabled} or {@code media.enabled} is true.
 *
 * <pre>
 * key                default  meaning
 * url                –        jdbc:postgresql://host:port/database, without a password
 * user               –        the role of {@code bailiff synapse grants}
 * password           none     never logged
 * passwordFile       none     file with the password; read for each new pool
 * purge.enabled      false    whether large rooms are purged by direct SQL
 * purge.fromEvents   20000    events from which a room is large
 * purge.connections  1        purges at a time, over all workers together
 * media.enabled      false    whether it may be asked what shows a file; read only. Gateways and
 *                             workers need it
 * </pre>
 */
public final class SynapseDatabaseConfig {
  @NotBlank @JsonProperty private String url = "";
  @NotBlank @JsonProperty private String user = "";
  @JsonProperty private @Nullable String password;
  @JsonProperty private @Nullable Path passwordFile;
  @Valid @NotNull @JsonProperty private Purge purge = new Purge();
  @Valid @NotNull @JsonProperty private Media media = new Media();

  /** For Jackson. */
  public SynapseDatabaseConfig() {}

  /** A configuration with the defaults for all other keys. */
  public static SynapseDatabaseConfig of(
      String url, String user, @Nullable Path passwordFile, Purge purge) {
    var config = new SynapseDatabaseConfig();
    config.url = url;
    config.user = user;
    config.passwordFile = passwordFile;
    config.purge = purge;
    return config;
  }

  /** The same configuration, which may be asked what shows a file. */
  public SynapseDatabaseConfig withMedia() {
    media.enabled = true;
    return this;
  }

  /** The block {@code media}. */
  public static final class Media {
    @JsonProperty private boolean enabled;

    /** For Jackson: the database is not asked about files. */
    public Media() {}

    /** Whether the database may be asked what shows a file. */
    public boolean enabled() {
      return enabled;
    }
  }

  /** The block {@code purge}. */
  public static final class Purge {
    @JsonProperty private boolean enabled;

    @Min(1)
    @JsonProperty
    private int fromEvents = 20_000;

    @Min(1)
    @Max(8)
    @JsonProperty
    private int connections = 1;

    /** For Jackson: purges are off. */
    public Purge() {}

    /** Purges that are on. */
    public static Purge of(int fromEvents, int connections) {
      var purge = new Purge();
      purge.enabled = true;
      purge.fromEvents = fromEvents;
      purge.connections = connections;
      return purge;
    }

    /** Whether large rooms are purged by direct SQL. */
    public boolean enabled() {
      return enabled;
    }

    /** Number of events from which a room is large. */
    public int fromEvents() {
      return fromEvents;
    }

    /** Purges at a time, over all workers together. */
    public int connections() {
      return connections;
    }
  }

  /** The JDBC URL. */
  public String url() {
    return url;
  }

  /** The name of the role. */
  public String user() {
    return user;
  }

  /** The block {@code purge}. */
  public Purge purge() {
    return purge;
  }

  /** The block {@code media}. */
  public Media media() {
    return media;
  }

  /** For the validation: URLs get into logs and error texts. */
  @ValidationMethod(message = "url must contain no user and no password")
  public boolean isUrlWithoutSecret() {
    var text = url.toLowerCase(Locale.ROOT);
    int query = text.indexOf('?');
    var address = query < 0 ? text : text.substring(0, query);
    var options = query < 0 ? "" : text.substring(query);
    return !address.contains("@") && !options.contains("password") && !options.contains("user=");
  }

  /** For the validation. */
  @ValidationMethod(message = "has both password and passwordFile")
  public boolean isOnePassword() {
    return password == null || passwordFile == null;
  }

  /**
   * The password; empty if the server asks for none.
   *
   * @throws IllegalStateException if the file cannot be read
   */
  String secret() {
    if (passwordFile != null) {
      try {
        return Files.readString(passwordFile).strip();
      } catch (IOException e) {
        throw new IllegalStateException("the file " + passwordFile + " cannot be read", e);
      }
    }
    return password == null ? "" : password;
  }

  /** Refuses what the validation refuses, for configurations that no file holds. */
  void refuseSecrets() {
    if (!isUrlWithoutSecret()) {
      throw new IllegalStateException(
          "homeserver.database.url must contain no user and no password");
    }
  }

  @Override
  public String toString() {
    return "database of " + user;
  }
}
