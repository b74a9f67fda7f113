package dev.asrdoctor.testing;

import dev.asrdoctor.product.ProductService;
import dev.asrdoctor.product.Products;
import java.util.List;

/** The services of the classic product, as tests call them. */
public enum AsrService {
    PROCESS_SERVER("ProcessServer"),
    PROCESS_SERVER_MONITOR("ProcessServerMonitor"),
    CX_PROCESS_SERVER("cxprocessserver"),
    PUSH_INSTALL("InMage PushInstall"),
    LOG_UPLOAD("LogUpload"),
    APPLICATION_SERVICE("InMage Scout Application Service"),
    MARS_AGENT("obengine"),
    VX_AGENT("svagents"),
    TMANSVC("tmansvc"),
    WEB_PUBLISHING("W3SVC"),
    MYSQL("MySQL"),
    PROVIDER("dra");

    private final String serviceName;

    AsrService(String serviceName) {
        this.serviceName = serviceName;
    }

    public String serviceName() {
        return serviceName;
    }

    public List<String> displayNames() {
        return known().displayNames();
    }

    public ProductService known() {
        return Products.shipped().first().service(serviceName).orElseThrow();
    }

    public static AsrService of(ProductService service) {
        return List.of(values()).stream()
                .filter(one -> one.serviceName.equals(service.name()))
                .findFirst()
                .orElseThrow();
    }
}
