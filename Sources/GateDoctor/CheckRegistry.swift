/// Every check, in the order in which they are told.
public enum CheckRegistry {
    /// The checks.
    public static let all: [any Check.Type] = [
        Reachable.self, NoProxyPage.self, KnownVersion.self, ClockInStep.self, RoomForPages.self,
        TokenPresent.self, TokenIsNoFallback.self, TokenAccepted.self, TokenOwnerActive.self, TokenScopes.self,
        TokenNotBroad.self, TokenIsNoSigner.self, MayWriteCode.self,
        OrganizationVisible.self, TeamVisible.self, TokensApart.self, TeamNotRenamed.self, TeamExists.self,
        TeamHasMembers.self,
        OrganizationPolicyKnown.self, PolicyValid.self, PolicyPresent.self, PolicyWithoutDoubt.self, NoDeadlock.self,
        ConditionsCanHold.self,
        SummaryIsRequired.self, NobodyElseCanSatisfy.self, ContextsNameTheBase.self, PatternsCompile.self,
        RequiredContextsArePosted.self, NewestPullsAreJudged.self, NobodyElsePosts.self, NobodyPushesPast.self,
        LawIsProtected.self, AdministratorsAreBound.self, NothingIsRebased.self, ApprovalsCountOnce.self,
        HookPresent.self, HookAddress.self, HookType.self, HookActive.self, HookEvents.self, HookHeard.self,
        HookSecret.self,
        ServiceRuns.self, ServiceReady.self, ServiceKeepsUp.self, NothingFailsForEver.self, EverythingIsDecided.self,
        NobodyForges.self, NothingWaitsForLong.self,
    ]
}
