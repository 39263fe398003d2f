package dev.lookaside.lb.dashboard;

import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where the page and the library of its charts are. */
public final class PageFiles implements WebMvcConfigurer {
  private static final String UPLOT = "classpath:/META-INF/resources/webjars/uplot/1.6.30/dist/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry.addResourceHandler("/dashboard/uplot/**").addResourceLocations(UPLOT);
    registry.addResourceHandler("/dashboard/**").addResourceLocations("classpath:/dashboard/");
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/").setViewName("forward:/dashboard/index.html");
    registry.addRedirectViewController("/dashboard", "/");
    registry.addRedirectViewController("/dashboard/", "/");
  }
}
