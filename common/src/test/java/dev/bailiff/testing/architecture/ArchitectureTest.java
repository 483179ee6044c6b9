package dev.bailiff.testing.architecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.bailiff", importOptions = ArchitectureRules.ProductionCode.class)
class ArchitectureTest {

  @ArchTest static final ArchRule PACKAGES_FORM_NO_CYCLE = ArchitectureRules.PACKAGES_FORM_NO_CYCLE;

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;

  @ArchTest
  static final ArchRule INTERFACES_HAVE_NO_PREFIX = ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;

  @ArchTest
  static final ArchRule SCHEMAS_DEPEND_ON_NOTHING_OF_OURS =
      ArchitectureRules.SCHEMAS_DEPEND_ON_NOTHING_OF_OURS;

  @ArchTest
  static final ArchRule COMMON_DEPENDS_ON_SCHEMAS_ALONE =
      ArchitectureRules.COMMON_DEPENDS_ON_SCHEMAS_ALONE;

  @ArchTest
  static final ArchRule JOB_MODEL_KNOWS_NO_DATABASE = ArchitectureRules.JOB_MODEL_KNOWS_NO_DATABASE;

  @ArchTest
  static final ArchRule HOMESERVER_PORT_KNOWS_NO_DATABASE =
      ArchitectureRules.HOMESERVER_PORT_KNOWS_NO_DATABASE;

  @ArchTest
  static final ArchRule FEATURES_OF_THE_PORT_KNOW_THE_BATCH_ALONE =
      ArchitectureRules.FEATURES_OF_THE_PORT_KNOW_THE_BATCH_ALONE;
}
