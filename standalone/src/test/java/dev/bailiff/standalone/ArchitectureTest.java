package dev.bailiff.standalone;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bailiff.testing.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "dev.bailiff", importOptions = ArchitectureRules.ProductionCode.class)
class ArchitectureTest {

  @ArchTest static final ArchRule PACKAGES_FORM_NO_CYCLE = ArchitectureRules.PACKAGES_FORM_NO_CYCLE;

  @ArchTest static final ArchRule PACKAGES_ARE_SMALL = ArchitectureRules.PACKAGES_ARE_SMALL;

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;

  @ArchTest
  static final ArchRule INTERFACES_HAVE_NO_PREFIX = ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;

  @ArchTest
  static final ArchRule SCHEMAS_DEPEND_ON_NOTHING_OF_OURS =
      ArchitectureRules.SCHEMAS_DEPEND_ON_NOTHING_OF_OURS;

  @ArchTest
  static final ArchRule EMBEDDED_DEPENDS_ON_NOTHING_OF_OURS =
      ArchitectureRules.EMBEDDED_DEPENDS_ON_NOTHING_OF_OURS;

  @ArchTest
  static final ArchRule COMMON_DEPENDS_ON_SCHEMAS_ALONE =
      ArchitectureRules.COMMON_DEPENDS_ON_SCHEMAS_ALONE;

  @ArchTest
  static final ArchRule GATEWAY_KNOWS_NO_WORKER = ArchitectureRules.GATEWAY_KNOWS_NO_WORKER;

  @ArchTest
  static final ArchRule WORKERS_KNOW_NO_GATEWAY = ArchitectureRules.WORKERS_KNOW_NO_GATEWAY;
}
