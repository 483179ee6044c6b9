package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bailiff.admin.AdminConfig;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.gateway.job.approval.ApprovalConfig;
import dev.bailiff.gateway.job.follow.FollowConfig;
import dev.bailiff.gateway.job.wait.WaitConfig;
import dev.bailiff.gateway.proxy.PassThroughConfig;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.webhook.WebhooksConfig;
import io.dropwizard.core.Configuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's YAML.
 *
 * <pre>
 * key            default            meaning
 * server         Dropwizard's       ports and threads; an admin port without bindHost listens on 127.0.0.1 only
 * admin          –                  see {@link AdminConfig}
 * database       –                  see {@link DatabaseConfig}
 * kafka          –                  see {@link KafkaConfig}
 * leases         30s …              see {@link LeaseConfig}; the same for gateways and workers
 * wait           25s                see {@link WaitConfig}
 * follow         1000               streams of events and long polls, see {@link FollowConfig}
 * limits         1MiB               see {@link LimitsConfig}
 * homeserver     type: store        the homeserver behind the calls, see {@link HomeserverFactory}
 * passThrough    all paths          how other calls reach a live homeserver, see {@link PassThroughConfig}
 * identity       none               identity servers to unbind addresses at, see {@link IdentityConfig}
 * access         admins: true       what server admins may, see {@link AccessConfig}
 * guard          no patterns        what is left alone, whoever asks, see {@link GuardConfig}; the same for gateways and workers
 * approvals      50 accounts …      which jobs a second person has to approve, see {@link ApprovalConfig}
 * accounts       passwords          how users log in, see {@link AccountsConfig}
 * wellKnown      none               where clients find the server, see {@link WellKnownConfig}
 * webhooks       none               addresses that webhooks may call, see {@link WebhooksConfig}; the same for gateways and workers
 * compatibility  completed          see {@link CompatibilityConfig}
 * mediaFolder    none               where {@code bailiff import --config} puts media files, the same as the workers'; not read by the gateway
 * actingUser     @bailiff:&lt;server&gt;  the recorded actor of an operator token; with a live homeserver
 *                                   the service account
 * </pre>
 *
 * <p>{@code identity}, {@code accounts}, {@code wellKnown} and {@code mediaFolder} belong to
 * Bailiff's own store. With another homeserver they must be left out, or have their defaults.
 */
public final class GatewayConfig extends Configuration {
  @Valid @NotNull @JsonProperty private DatabaseConfig database = new DatabaseConfig();
  @Valid @NotNull @JsonProperty private KafkaConfig kafka = new KafkaConfig();
  @Valid @NotNull private AdminConfig admin = new AdminConfig();
  @NotNull @JsonProperty private LeaseConfig leases = LeaseConfig.DEFAULT;
  @Valid @NotNull @JsonProperty private WaitConfig wait = new WaitConfig();
  @Valid @NotNull @JsonProperty private FollowConfig follow = new FollowConfig();
  @Valid @NotNull @JsonProperty private LimitsConfig limits = new LimitsConfig();
  @Valid @NotNull @JsonProperty private IdentityConfig identity = IdentityConfig.defaults();

  @Valid @NotNull @JsonProperty private AccessConfig access = new AccessConfig();
  @NotNull @JsonProperty private GuardConfig guard = GuardConfig.DEFAULT;
  @NotNull @JsonProperty private ApprovalConfig approvals = ApprovalConfig.DEFAULT;
  @Valid @NotNull @JsonProperty private AccountsConfig accounts = new AccountsConfig();
  @Valid @NotNull @JsonProperty private WellKnownConfig wellKnown = new WellKnownConfig();

  @Valid @NotNull @JsonProperty
  private CompatibilityConfig compatibility = new CompatibilityConfig();

  @NotNull @JsonProperty private WebhooksConfig webhooks = WebhooksConfig.DEFAULT;
  @Valid @NotNull @JsonProperty private HomeserverFactory homeserver = new StoreHomeserverFactory();
  @NotNull @JsonProperty private PassThroughConfig passThrough = PassThroughConfig.DEFAULT;
  @JsonProperty private @Nullable String mediaFolder;

  @Pattern(regexp = "@[^:]+:.+")
  @JsonProperty
  private @Nullable String actingUser;

  /** The admin port. */
  public AdminConfig admin() {
    return admin;
  }

  /** Takes the place of Dropwizard's block {@code admin}, which {@link AdminConfig} extends. */
  @JsonProperty("admin")
  void setAdmin(AdminConfig admin) {
    this.admin = admin;
    setAdminFactory(admin);
  }

  /** The connection to the store. */
  public DatabaseConfig database() {
    return database;
  }

  /** For processes that start their own database. */
  public void setDatabase(DatabaseConfig database) {
    this.database = database;
  }

  /** The connection to Kafka. */
  public KafkaConfig kafka() {
    return kafka;
  }

  /** For processes that start their own broker. */
  public void setKafka(KafkaConfig kafka) {
    this.kafka = kafka;
  }

  /** Times of leases, for the commands that the gateway publishes. */
  public LeaseConfig leases() {
    return leases;
  }

  /** How long calls wait for their jobs. */
  public WaitConfig waiting() {
    return wait;
  }

  /** Streams of events and long polls. */
  public FollowConfig follow() {
    return follow;
  }

  /** Bounds of requests. */
  public LimitsConfig limits() {
    return limits;
  }

  /** Identity servers at which removed addresses are unbound; the same as in {@code worker.yml}. */
  public IdentityConfig identity() {
    return identity;
  }

  /** Builds the homeserver behind the calls. */
  public HomeserverFactory homeserver() {
    return homeserver;
  }

  /** For processes that choose the homeserver by their own options. */
  public void setHomeserver(HomeserverFactory homeserver) {
    this.homeserver = homeserver;
  }

  /** How calls are passed on to a homeserver behind the gateway. */
  public PassThroughConfig passThrough() {
    return passThrough;
  }

  /** What server admins may. */
  public AccessConfig access() {
    return access;
  }

  /** What is left alone, whoever asks. */
  public GuardConfig guard() {
    return guard;
  }

  /** For processes that read the block from a file of their own. */
  public void setGuard(GuardConfig guard) {
    this.guard = guard;
  }

  /** Which jobs a second person has to approve. */
  public ApprovalConfig approvals() {
    return approvals;
  }

  /** For processes that choose the policy by their own options. */
  public void setApprovals(ApprovalConfig approvals) {
    this.approvals = approvals;
  }

  /** How users log in. */
  public AccountsConfig accounts() {
    return accounts;
  }

  /** Where clients find the server. */
  public WellKnownConfig wellKnown() {
    return wellKnown;
  }

  /** Which addresses webhooks may call. */
  public WebhooksConfig webhooks() {
    return webhooks;
  }

  /** For processes that choose them by their own options. */
  public void setWebhooks(WebhooksConfig webhooks) {
    this.webhooks = webhooks;
  }

  /** Settings on which clients disagree. */
  public CompatibilityConfig compatibility() {
    return compatibility;
  }

  /** The folder of the media files; null if none is named. */
  public @Nullable String mediaFolder() {
    return mediaFolder == null || mediaFolder.isBlank() ? null : mediaFolder;
  }

  /** The user that operator tokens act as; null for the default. */
  public @Nullable String actingUser() {
    return actingUser;
  }

  @JsonIgnore
  @ValidationMethod(message = "identity must be left out: it is the business of the homeserver")
  public boolean isIdentityForOwnStore() {
    return homeserver.isOwnStore() || identity.equals(IdentityConfig.defaults());
  }

  @JsonIgnore
  @ValidationMethod(message = "accounts must be left out: it is the business of the homeserver")
  public boolean isAccountsForOwnStore() {
    return homeserver.isOwnStore() || accounts.isDefault();
  }

  @JsonIgnore
  @ValidationMethod(message = "wellKnown must be left out: it is the business of the homeserver")
  public boolean isWellKnownForOwnStore() {
    return homeserver.isOwnStore() || wellKnown.isDefault();
  }

  @JsonIgnore
  @ValidationMethod(message = "mediaFolder must be left out: it is the business of the homeserver")
  public boolean isMediaFolderForOwnStore() {
    return homeserver.isOwnStore() || mediaFolder() == null;
  }
}
