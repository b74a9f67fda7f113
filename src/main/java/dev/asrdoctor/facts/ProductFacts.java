package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the product are installed, from the registry and {@code amethyst.conf} (docs/facts.md, "What tells the
 * deployment"). Everything is null where it was not found.
 *
 * @param cxType 1 configuration server, 2 process server, 3 both
 * @param serverRoot the folder {@code ...\home\svsystems}
 * @param csAddress the configuration server that this one was registered with
 * @param csMode {@code LegacyCS}, or {@code Rcm} on a modernized appliance
 * @param marsVersion of the MARS agent
 * @param marsScratch the MARS agent's scratch folder, where its configuration names one
 * @param registered whether the provider has registered with a vault here
 * @param ownAddress the address that the configuration server knows this server by
 * @param applianceType what set-up of an appliance says that it is: {@code InMageRcm} of this product, other words of Azure Migrate
 * @param azureCloud the Azure that set-up of an appliance was told of
 * @param cacheRoot where an appliance keeps its cache, such as {@code E:\}
 * @param joinedTo addresses of the appliance that a mobility agent was joined to; empty where it was joined to one and they could
 *     not be read
 */
public record ProductFacts(
        @Nullable Long cxType,
        @Nullable String version,
        @Nullable String serverRoot,
        @Nullable String csAddress,
        @Nullable Long csPort,
        @Nullable String csMode,
        @Nullable String agentRoot,
        @Nullable String agentVersion,
        @Nullable String marsRoot,
        @Nullable String marsVersion,
        @Nullable String marsScratch,
        boolean registered,
        @Nullable String ownAddress,
        @Nullable String ownCsAddress,
        @Nullable String applianceType,
        @Nullable String azureCloud,
        @Nullable String cacheRoot,
        @Nullable List<String> joinedTo) {}
