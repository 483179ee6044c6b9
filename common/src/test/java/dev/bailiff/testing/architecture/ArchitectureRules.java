package dev.bailiff.testing.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * The rules on modules, packages and names, shared by the {@code ArchitectureTest} of each module.
 * A module lists the rules that its code could break; all rules are checked against {@link
 * ProductionCode}.
 */
public final class ArchitectureRules {

  private static final String[] DATABASE = {
    "org.jdbi..", "java.sql..", "javax.sql..", "org.postgresql.."
  };

  /** The homeserver as jobs use it, one package for each feature. */
  private static final String[] HOMESERVER_PORT = {
    "dev.bailiff.homeserver",
    "dev.bailiff.homeserver.batch",
    "dev.bailiff.homeserver.deactivation",
    "dev.bailiff.homeserver.redaction",
    "dev.bailiff.homeserver.roomdeletion",
    "dev.bailiff.homeserver.history",
    "dev.bailiff.homeserver.media",
    "dev.bailiff.homeserver.suspension"
  };

  /** Packages that answer API calls. */
  private static final String[] RESOURCES = {
    "dev.bailiff.gateway.admin..", "dev.bailiff.gateway.job..", "dev.bailiff.gateway.docs.."
  };

  private static final String[] ABOVE_COMMON = {
    "dev.bailiff.homeserver.store..",
    "dev.bailiff.homeserver.synapse..",
    "dev.bailiff.embedded..",
    "dev.bailiff.gateway..",
    "dev.bailiff.worker..",
    "dev.bailiff.standalone..",
    "dev.bailiff.benchmark.."
  };

  public static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("dev.bailiff.(**)").should().beFreeOfCycles();

  public static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
          .because("such a name fits any content, and sooner or later it gets it");

  public static final ArchRule INTERFACES_HAVE_NO_PREFIX =
      noClasses().that().areInterfaces().should().haveNameMatching(".*[.$]I[A-Z][a-z][A-Za-z]*");

  public static final ArchRule SCHEMAS_DEPEND_ON_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.schemas..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.bailiff..")
                  .and(resideOutsideOfPackages("dev.bailiff.schemas..")));

  public static final ArchRule EMBEDDED_DEPENDS_ON_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.embedded..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.bailiff..")
                  .and(resideOutsideOfPackages("dev.bailiff.embedded..")));

  public static final ArchRule COMMON_DEPENDS_ON_SCHEMAS_ALONE =
      noClasses()
          .that(resideOutsideOfPackages(ABOVE_COMMON))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ABOVE_COMMON);

  public static final ArchRule GATEWAY_KNOWS_NO_WORKER =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.bailiff.worker..", "dev.bailiff.embedded..", "dev.bailiff.standalone..");

  public static final ArchRule JETTYS_CLIENT_HAS_ITS_PLACES =
      noClasses()
          .that(
              resideOutsideOfPackages(
                  "dev.bailiff.gateway.proxy..",
                  "dev.bailiff.homeserver.synapse.http..",
                  "dev.bailiff.worker.webhook.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty.client..", "org.eclipse.jetty.proxy..")
          .because("a call needs its limits of time, connections and retries");

  public static final ArchRule WORKERS_KNOW_NO_GATEWAY =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.bailiff.gateway..", "dev.bailiff.embedded..", "dev.bailiff.standalone..");

  public static final ArchRule HEAVY_CALLS_KNOW_NO_BACKEND =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.bailiff.gateway.admin.deactivation..",
              "dev.bailiff.gateway.admin.redaction..",
              "dev.bailiff.gateway.admin.roomdeletion..",
              "dev.bailiff.gateway.admin.history..",
              "dev.bailiff.gateway.admin.task..",
              "dev.bailiff.gateway.admin.server..",
              "dev.bailiff.gateway.auth..",
              "dev.bailiff.gateway.backend..",
              "dev.bailiff.gateway.job..")
          .or()
          // the other calls of this package need the media tables of the own store
          .haveNameMatching("dev\\.bailiff\\.gateway\\.admin\\.media\\..*(Deletion|Sweep).*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.bailiff.homeserver.store..", "dev.bailiff.homeserver.synapse..")
          .because("they are served whatever homeserver is behind the gateway");

  public static final ArchRule ENGINE_KNOWS_NO_BACKEND =
      noClasses()
          .that()
          .resideInAnyPackage("dev.bailiff.worker.*..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.bailiff.homeserver.store..", "dev.bailiff.homeserver.synapse..");

  public static final ArchRule SYNAPSE_IS_REACHED_BY_HTTP_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.homeserver.synapse..")
          .and()
          .resideOutsideOfPackages(
              "dev.bailiff.homeserver.synapse.database",
              "dev.bailiff.homeserver.synapse.media",
              "dev.bailiff.homeserver.synapse.purge")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .because("only purges and questions about files need Synapse's database (0051, 0075)");

  public static final ArchRule ONE_PACKAGE_OF_SYNAPSE_KNOWS_THE_HTTP_CLIENT =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.homeserver.synapse..")
          .and()
          .resideOutsideOfPackage("dev.bailiff.homeserver.synapse.http")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  public static final ArchRule JOB_MODEL_KNOWS_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.job")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .because("its store lives in dev.bailiff.job.store");

  public static final ArchRule RUNS_KNOW_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.worker.run..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .because("the job store reports its errors as a JobStoreException");

  public static final ArchRule HOMESERVER_PORT_KNOWS_NO_DATABASE =
      noClasses()
          .that()
          .resideInAnyPackage(HOMESERVER_PORT)
          .and()
          // the context hands the process's connections to the backend that shares its transactions
          .doNotHaveSimpleName("HomeserverContext")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .because("a homeserver may as well be a remote one, reached over HTTP");

  public static final ArchRule FEATURES_OF_THE_PORT_KNOW_THE_BATCH_ALONE =
      classes()
          .that()
          .resideInAnyPackage(HOMESERVER_PORT)
          .should(new KnowNoSibling("dev.bailiff.homeserver", Set.of("batch"), Map.of()))
          .because("a backend may serve some of them, and each must be read alone");

  public static final ArchRule FEATURES_OF_THE_STORE_KNOW_THE_KERNEL_ALONE =
      classes()
          .that()
          .resideInAPackage("dev.bailiff.homeserver.store.*")
          .should(
              new KnowNoSibling(
                  "dev.bailiff.homeserver.store",
                  Set.of("batch", "event", "membership", "list"),
                  Map.of(
                      // a new password ends the sessions of the old one
                      "account", Set.of("session"),
                      // the turn of a batch comes before its transaction
                      "batch", Set.of("pace"),
                      // a plan counts what a purge of history would look at
                      "counting", Set.of("history"),
                      // a closed account has no sessions, its third-party ids are unbound, and it
                      // is
                      // not the last server admin's
                      "deactivation", Set.of("session", "identity", "guard"),
                      // a purge looks up its end in a room that must exist
                      "history", Set.of("room"),
                      // a report shows the name of its room
                      "report", Set.of("room"),
                      // a filter asks for what lists show: the last sight and room summaries
                      "selection", Set.of("account", "room"),
                      // a session is the token of a device
                      "session", Set.of("device"),
                      // a snapshot has sessions and media, including the files of media
                      "snapshot", Set.of("media", "session"),
                      // a hierarchy shows the details of its rooms
                      "timeline", Set.of("room"))));

  public static final ArchRule PACKAGES_ARE_SMALL =
      classes()
          .should(
              new ResideInSmallPackages(
                  22,
                  Set.of(
                      "dev.bailiff.job",
                      "dev.bailiff.job.store",
                      "dev.bailiff.embedded",
                      "dev.bailiff.standalone")));

  public static final ArchRule RESOURCES_KNOW_NO_DATABASE =
      noClasses()
          .that()
          .resideInAnyPackage(RESOURCES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE);

  public static final ArchRule RESOURCES_CONTAIN_NO_SQL =
      classes().that().resideInAnyPackage(RESOURCES).should(new ContainNoSql());

  private ArchitectureRules() {}

  /** Leaves out the tests of every module, both in a folder and in the test kit's jar. */
  public static final class ProductionCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }
}
