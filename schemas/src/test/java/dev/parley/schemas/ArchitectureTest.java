package dev.parley.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.parley.schemas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /// The contract knows no framework, no engine and no service.
  @ArchTest
  static final ArchRule theContractStandsAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.parley.schemas..",
              "java..",
              "javax.crypto..",
              "com.google.protobuf..",
              "com.fasterxml.jackson..",
              "org.jspecify.annotations..");
}
