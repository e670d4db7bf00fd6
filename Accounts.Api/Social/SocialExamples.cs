namespace Accounts.Api.Social;

/// <summary>What several of this room's bodies show in their examples.</summary>
internal static class SocialExamples
{
    public const string Code = "4/0AVGzR1CkDqnJxw", Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public const string State = "u7dXh0vZk3Qm9Yc2Ln6Rb8Ts4Wp1Ea5Jf_GiOoVxKzM";

    public const string ShownCode = "402917";
}
