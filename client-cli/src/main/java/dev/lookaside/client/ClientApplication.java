package dev.lookaside.client;

import dev.lookaside.client.cli.CanICommand;
import dev.lookaside.client.cli.CertsCommand;
import dev.lookaside.client.cli.CheckCommand;
import dev.lookaside.client.cli.CompletionCommand;
import dev.lookaside.client.cli.DecisionsCommand;
import dev.lookaside.client.cli.DrainCommand;
import dev.lookaside.client.cli.ExplainCommand;
import dev.lookaside.client.cli.LiftCommand;
import dev.lookaside.client.cli.LoadCommand;
import dev.lookaside.client.cli.OriginalFlags;
import dev.lookaside.client.cli.PoliciesCommand;
import dev.lookaside.client.cli.PolicyCommand;
import dev.lookaside.client.cli.RecordCommand;
import dev.lookaside.client.cli.TaskCommand;
import dev.lookaside.client.cli.TopCommand;
import dev.lookaside.client.cli.UndrainCommand;
import dev.lookaside.client.cli.Usage;
import dev.lookaside.client.cli.WatchCommand;
import dev.lookaside.client.cli.WeightCommand;
import dev.lookaside.client.cli.WhoAmICommand;
import dev.lookaside.client.cli.WorkersCommand;
import dev.lookaside.client.cli.XdsBootstrapCommand;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.IFactory;
import picocli.spring.boot.autoconfigure.PicocliAutoConfiguration;

/** Starts a Spring context with the commands and nothing else, and runs the one that was typed. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(PicocliAutoConfiguration.class)
@Import({
  TaskCommand.class,
  LoadCommand.class,
  WorkersCommand.class,
  TopCommand.class,
  WatchCommand.class,
  CheckCommand.class,
  ExplainCommand.class,
  DecisionsCommand.class,
  RecordCommand.class,
  DrainCommand.class,
  UndrainCommand.class,
  WeightCommand.class,
  PolicyCommand.class,
  LiftCommand.class,
  WhoAmICommand.class,
  CanICommand.class,
  CertsCommand.class,
  XdsBootstrapCommand.class,
  PoliciesCommand.class,
  CompletionCommand.class
})
public class ClientApplication {

  public static void main(String[] args) throws IOException {
    quietLogging();
    System.exit(run(args));
  }

  /** The exit code. */
  static int run(String... args) {
    SpringApplication application = new SpringApplication(ClientApplication.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setLazyInitialization(true);
    application.setRegisterShutdownHook(false);
    // The arguments are picocli's alone: --id is no property.
    application.setAddCommandLineProperties(false);
    try (ConfigurableApplicationContext context = application.run()) {
      return Usage.commandLine(context.getBean(TaskCommand.class), context.getBean(IFactory.class))
          .execute(OriginalFlags.withTwoDashes(args));
    }
  }

  /**
   * Warnings only, each on one line of stderr; Boot's own set-up would cost a tenth of a second.
   */
  private static void quietLogging() throws IOException {
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    try (InputStream config = ClientApplication.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(config);
    }
  }
}
