package dev.bailiff.worker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bailiff.admin.AdminConfig;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.webhook.NotifyConfig;
import dev.bailiff.webhook.WebhooksConfig;
import dev.bailiff.worker.maintain.RetentionConfig;
import dev.bailiff.worker.webhook.WebhookSettings;
import io.dropwizard.core.Configuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * {@code worker.yml}.
 *
 * <pre>
 * key         default     meaning
 * admin       –           see AdminConfig
 * database    –           PostgreSQL, see DatabaseConfig
 * kafka       –           see KafkaConfig
 * slots       1 a kind    see SlotsConfig
 * leases      30s …       see LeaseConfig; the same for gateways and workers
 * retention   7d, 30d     how long ended jobs are kept, see RetentionConfig
 * homeserver  type: store the homeserver that jobs act on, see HomeserverFactory
 * guard       no patterns what jobs leave alone, see GuardConfig; the same for gateways and workers
 * identity    none        identity servers to unbind addresses at, see IdentityConfig
 * mediaFolder none        folder of the media files; without it kinds that need it are not subscribed
 * name        host + pid  names this worker in leases
 * webhooks    none        addresses that webhooks may call, see WebhooksConfig; the same for gateways and workers
 * notify      none        who is told of jobs in words, see NotifyConfig; the same for all workers
 * </pre>
 *
 * <p>{@code identity} and {@code mediaFolder} belong to Bailiff's own store. With another
 * homeserver they must be left out, or have their defaults.
 */
public final class WorkerConfig extends Configuration {
  @Valid @NotNull @JsonProperty private DatabaseConfig database = new DatabaseConfig();
  @Valid @NotNull @JsonProperty private KafkaConfig kafka = new KafkaConfig();
  @Valid @NotNull private AdminConfig admin = new AdminConfig();
  @Valid @NotNull @JsonProperty private SlotsConfig slots = new SlotsConfig();
  @NotNull @JsonProperty private LeaseConfig leases = LeaseConfig.DEFAULT;
  @NotNull @JsonProperty private RetentionConfig retention = RetentionConfig.DEFAULT;
  @Valid @NotNull @JsonProperty private IdentityConfig identity = IdentityConfig.defaults();
  @Valid @NotNull @JsonProperty private HomeserverFactory homeserver = new StoreHomeserverFactory();
  @NotNull @JsonProperty private GuardConfig guard = GuardConfig.DEFAULT;
  @JsonProperty private @Nullable String mediaFolder;
  @JsonProperty private @Nullable String name;
  @NotNull @JsonProperty private WebhooksConfig webhooks = WebhooksConfig.DEFAULT;
  @JsonProperty private @Nullable NotifyConfig notify;

  /** The admin port. */
  public AdminConfig admin() {
    return admin;
  }

  /** Sets our block in place of Dropwizard's, which it extends. */
  @JsonProperty("admin")
  void setAdmin(AdminConfig admin) {
    this.admin = admin;
    setAdminFactory(admin);
  }

  /** The factory of the homeserver that jobs act on. */
  public HomeserverFactory homeserver() {
    return homeserver;
  }

  /** Identity servers at which addresses of closed accounts are unbound. */
  public IdentityConfig identity() {
    return identity;
  }

  @JsonIgnore
  @ValidationMethod(message = "identity must be left out: it is the business of the homeserver")
  public boolean isIdentityForOwnStore() {
    return homeserver.isOwnStore() || identity.equals(IdentityConfig.defaults());
  }

  @JsonIgnore
  @ValidationMethod(message = "mediaFolder must be left out: it is the business of the homeserver")
  public boolean isMediaFolderForOwnStore() {
    return homeserver.isOwnStore() || mediaFolder == null || mediaFolder.isBlank();
  }

  /** The settings that a worker needs to run, without those of the HTTP side. */
  public WorkerSettings settings() {
    return new WorkerSettings(
        database,
        kafka,
        slots,
        leases,
        retention,
        mediaFolder == null || mediaFolder.isBlank() ? null : mediaFolder,
        name == null ? WorkerSettings.defaultName() : name,
        guard,
        new WebhookSettings(webhooks, notify));
  }
}
