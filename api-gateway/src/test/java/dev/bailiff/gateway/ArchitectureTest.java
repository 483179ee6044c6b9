package dev.bailiff.gateway;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bailiff.testing.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "dev.bailiff", importOptions = ArchitectureRules.ProductionCode.class)
class ArchitectureTest {

  @ArchTest static final ArchRule PACKAGES_FORM_NO_CYCLE = ArchitectureRules.PACKAGES_FORM_NO_CYCLE;

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;

  @ArchTest
  static final ArchRule INTERFACES_HAVE_NO_PREFIX = ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;

  @ArchTest
  static final ArchRule GATEWAY_KNOWS_NO_WORKER = ArchitectureRules.GATEWAY_KNOWS_NO_WORKER;

  @ArchTest
  static final ArchRule JETTYS_CLIENT_HAS_ITS_PLACES =
      ArchitectureRules.JETTYS_CLIENT_HAS_ITS_PLACES;

  @ArchTest
  static final ArchRule HEAVY_CALLS_KNOW_NO_BACKEND = ArchitectureRules.HEAVY_CALLS_KNOW_NO_BACKEND;

  @ArchTest
  static final ArchRule RESOURCES_KNOW_NO_DATABASE = ArchitectureRules.RESOURCES_KNOW_NO_DATABASE;

  @ArchTest
  static final ArchRule RESOURCES_CONTAIN_NO_SQL = ArchitectureRules.RESOURCES_CONTAIN_NO_SQL;
}
