package dev.lookaside.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lookaside.registry");

  @Test
  void knowsNothingOfSpring() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(OURS);
  }

  @Test
  void onlyTheAdaptersTouchTheClientsOfEtcd() {
    noClasses()
        .that()
        .haveNameNotMatching(
            ".*\\.(Jetcd\\w+|EtcdClients|EtcdFailures|Members|CallTimeout|TlsFiles)(\\$.*)?")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are of jetcd (but for its byte sequence), gRPC or Netty",
                type ->
                    (type.getPackageName().startsWith("io.etcd")
                            && !type.getSimpleName().equals("ByteSequence"))
                        || type.getPackageName().startsWith("io.grpc")
                        || type.getPackageName().startsWith("io.netty")))
        .check(OURS);
  }

  @Test
  void readsNoClockButItsTicker() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Instant")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .check(OURS);
  }

  @Test
  void isMadeOfFinalTypes() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotAnonymousClasses()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(OURS);
  }
}
