package dev.bailiff.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rules on modules, packages and names, shared by the {@code ArchitectureTest} of each module.
 * A module lists those that can be broken in it; all are checked against {@link ProductionCode}.
 */
public final class ArchitectureRules {

  private static final String[] DATABASE = {
    "org.jdbi..", "java.sql..", "javax.sql..", "org.postgresql.."
  };

  private static final String[] ABOVE_COMMON = {
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

  public static final ArchRule WORKERS_KNOW_NO_GATEWAY =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.bailiff.gateway..", "dev.bailiff.embedded..", "dev.bailiff.standalone..");

  public static final ArchRule JOB_MODEL_KNOWS_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.job")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .because("its store lives in dev.bailiff.job.store");

  public static final ArchRule HOMESERVER_PORT_KNOWS_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.homeserver")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .because("a homeserver may as well be a remote one, reached over HTTP");

  public static final ArchRule HOMESERVER_PORT_KNOWS_NO_IMPLEMENTATION =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.homeserver")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.bailiff.homeserver.(*)..");

  public static final ArchRule RESOURCES_KNOW_NO_DATABASE =
      noClasses()
          .that()
          .resideInAPackage("dev.bailiff.gateway.resource..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE);

  public static final ArchRule RESOURCES_CONTAIN_NO_SQL =
      classes()
          .that()
          .resideInAPackage("dev.bailiff.gateway.resource..")
          .should(new ContainNoSql());

  private ArchitectureRules() {}

  /** Leaves out the tests of every module, be they in a folder or in the test kit's jar. */
  public static final class ProductionCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }
}
