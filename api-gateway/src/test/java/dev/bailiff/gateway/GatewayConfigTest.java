package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.gateway.request.BodyLimit;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.job.store.LeaseConfig;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.util.Duration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The YAML of the gateway. */
class GatewayConfigTest {
  private final YamlConfigurationFactory<GatewayConfig> factory =
      new YamlConfigurationFactory<>(
          GatewayConfig.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw");

  private static final String REQUIRED =
      """
      database: {url: "jdbc:postgresql://h/d", user: u}
      kafka: {bootstrapServers: "h:1"}
      """;

  private static final String SYNAPSE =
      """
      homeserver: {type: synapse, url: "http://127.0.0.1:8008", adminTokenFile: /admin-token}
      """;

  @Test
  void defaultsAreThoseOfTheDesign() throws Exception {
    var config = parse(REQUIRED);

    assertThat(config.waiting().duration()).isEqualTo(Duration.seconds(25));
    assertThat(config.waiting().longest()).isEqualTo(Duration.minutes(10));
    assertThat(config.waiting().reread()).isEqualTo(Duration.seconds(1));
    assertThat(config.waiting().drain()).isEqualTo(Duration.seconds(5));
    assertThat(config.follow().most()).isEqualTo(1_000);
    assertThat(config.follow().perToken()).isEqualTo(64);
    assertThat(config.follow().longest()).isEqualTo(Duration.minutes(5));
    assertThat(config.follow().heartbeat()).isEqualTo(Duration.seconds(15));
    assertThat(config.follow().reread()).isEqualTo(Duration.seconds(1));
    assertThat(config.limits().body())
        .isEqualTo(new BodyLimit(1024 * 1024, java.time.Duration.ofSeconds(30)));
    assertThat(config.limits().submission())
        .isEqualTo(new BodyLimit(64 * 1024 * 1024, java.time.Duration.ofMinutes(5)));
    assertThat(config.limits().headTime()).isEqualTo(Duration.seconds(20));
    assertThat(config.limits().replyTime()).isEqualTo(Duration.minutes(10));
    assertThat(config.limits().threadsPerAddress()).isEqualTo(256);
    assertThat(config.limits().loginBurst()).isEqualTo(100);
    assertThat(config.limits().loginInterval()).isEqualTo(Duration.seconds(5));
    assertThat(config.identity()).isEqualTo(IdentityConfig.defaults());
    assertThat(config.compatibility().redactStatusWord()).isEqualTo("completed");
    assertThat(config.compatibility().userTypes()).isEmpty();
    assertThat(config.accounts().passwords()).isTrue();
    assertThat(config.accounts().delegated()).isFalse();
    assertThat(config.wellKnown().homeserver()).isNull();
    assertThat(config.wellKnown().identityServer()).isNull();
    assertThat(config.leases()).isEqualTo(LeaseConfig.DEFAULT);
    assertThat(config.mediaFolder()).isNull();
    assertThat(config.actingUser()).isNull();
  }

  @Test
  void everyKeyIsRead() throws Exception {
    var config =
        parse(
            REQUIRED
                + """
                wait: {duration: 1s, longest: 2s, reread: 3s, drain: 4s}
                limits:
                  {body: 1KiB, bodyTime: 5s, submission: 2KiB, submissionTime: 6s, headTime: 7s, replyTime: 8s,
                   threadsPerAddress: 9, loginBurst: 3, loginInterval: 4s}
                homeserver: {type: store}
                mediaFolder: /media
                leases: {window: 8, republishAfter: 7s}
                identity: {servers: ["https://id.example"], requestTimeout: 5s, attempts: 1}
                compatibility: {redactStatusWord: complete, userTypes: [vip]}
                accounts: {passwords: false, delegated: true}
                wellKnown: {homeserver: "https://matrix.example", identityServer: "https://id.example"}
                actingUser: "@mod:example.org"
                admin: {hosts: [metrics.example]}
                """);

    assertThat(config.admin().hosts()).containsExactly("metrics.example");
    assertThat(config.waiting().duration()).isEqualTo(Duration.seconds(1));
    assertThat(config.waiting().longest()).isEqualTo(Duration.seconds(2));
    assertThat(config.waiting().reread()).isEqualTo(Duration.seconds(3));
    assertThat(config.waiting().drain()).isEqualTo(Duration.seconds(4));
    assertThat(config.limits().body())
        .isEqualTo(new BodyLimit(1024, java.time.Duration.ofSeconds(5)));
    assertThat(config.limits().submission())
        .isEqualTo(new BodyLimit(2048, java.time.Duration.ofSeconds(6)));
    assertThat(config.limits().headTime()).isEqualTo(Duration.seconds(7));
    assertThat(config.limits().replyTime()).isEqualTo(Duration.seconds(8));
    assertThat(config.limits().threadsPerAddress()).isEqualTo(9);
    assertThat(config.limits().loginBurst()).isEqualTo(3);
    assertThat(config.limits().loginInterval()).isEqualTo(Duration.seconds(4));
    assertThat(config.identity().servers()).containsExactly(URI.create("https://id.example"));
    assertThat(config.compatibility().redactStatusWord()).isEqualTo("complete");
    assertThat(config.compatibility().userTypes()).containsExactly("vip");
    assertThat(config.accounts().passwords()).isFalse();
    assertThat(config.accounts().delegated()).isTrue();
    assertThat(config.wellKnown().homeserver()).isEqualTo("https://matrix.example");
    assertThat(config.wellKnown().identityServer()).isEqualTo("https://id.example");
    assertThat(config.leases().window()).isEqualTo(8);
    assertThat(config.leases().republishAfter()).hasSeconds(7);
    assertThat(config.homeserver()).isInstanceOf(StoreHomeserverFactory.class);
    assertThat(config.mediaFolder()).isEqualTo("/media");
    assertThat(config.actingUser()).isEqualTo("@mod:example.org");
  }

  @Test
  void anUnknownHomeserverIsRefusedWithTheTypesThereAre() {
    assertThatThrownBy(() -> parse(REQUIRED + "homeserver: {type: stare}\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("homeserver")
        .hasMessageContaining("'stare'")
        .hasMessageContaining("[store, synapse]");
  }

  @ParameterizedTest
  @CsvSource({
    "'identity: {servers: [\"https://id.example\"]}', identity must be left out",
    "accounts: {passwords: false}, accounts must be left out",
    "'wellKnown: {homeserver: \"https://m.example\"}', wellKnown must be left out",
    "mediaFolder: /media, mediaFolder must be left out"
  })
  void keysOfTheOwnStoreAreRefusedInFrontOfASynapse(String key, String words) throws Exception {
    assertThatThrownBy(() -> parse(REQUIRED + SYNAPSE + key))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words);
    assertThat(parse(REQUIRED + key)).isNotNull();
  }

  @Test
  void synapseIsRead() throws Exception {
    var config =
        parse(
            REQUIRED
                + SYNAPSE
                + """
                identity: {servers: []}
                accounts: {passwords: true, delegated: false}
                mediaFolder:
                """);

    var synapse = (SynapseHomeserverFactory) config.homeserver();
    assertThat(synapse.url()).hasToString("http://127.0.0.1:8008");
    assertThat(synapse.adminTokenFile()).hasToString("/admin-token");
    assertThat(synapse.appserviceTokenFile()).isNull();
  }

  @Test
  void passwordInAnAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> parse(REQUIRED + SYNAPSE.replace("127.0.0.1", "me:geheim@127.0.0.1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("user or password")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void fileThatIsShippedIsValid() throws Exception {
    var source =
        new SubstitutingSourceProvider(
            new FileConfigurationSourceProvider(),
            new StringSubstitutor(Map.of("BAILIFF_DB_PASSWORD", "p")));

    var config = factory.build(source, "../config/gateway.yml");

    assertThat(config.database().password()).isEqualTo("p");
    assertThat(config.limits().body()).isEqualTo(new LimitsConfig().body());
  }

  private GatewayConfig parse(String yaml) throws IOException, ConfigurationException {
    return factory.build(
        path -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "test");
  }
}
