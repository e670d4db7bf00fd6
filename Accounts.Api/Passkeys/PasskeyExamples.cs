namespace Accounts.Api.Passkeys;

/// <summary>What this room's bodies show in their examples.</summary>
internal static class PasskeyExamples
{
    public const string State = "u7dXh0vZk3Qm9Yc2Ln6Rb8Ts4Wp1Ea5Jf_GiOoVxKzM";

    public const string CredentialId = "Xk9wQmZ0c1N5bGJXdGh3";

    public const string Assertion = $$$"""
        {"id":"{{{CredentialId}}}","rawId":"{{{CredentialId}}}","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0","authenticatorData":"SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA","signature":"MEUCIQ","userHandle":"dXNlcg"}}
        """;

    public const string Attestation = $$$"""
        {"id":"{{{CredentialId}}}","rawId":"{{{CredentialId}}}","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0","attestationObject":"o2NmbXRkbm9uZQ","transports":["internal"]}}
        """;

    public const string RequestOptions = """
        {"challenge":"q3yQ1Yx0mWq7mC2d4WcCgGZ0f2m9u5bS8vKxJ1rT6nE","timeout":300000,"rpId":"accounts.example.com","userVerification":"required","hints":[]}
        """;

    public const string CreationOptions = """
        {"rp":{"name":"accounts.example.com","id":"accounts.example.com"},"user":{"id":"dXNlcg","name":"ann@example.test","displayName":"Ann Smith"},"challenge":"q3yQ1Yx0mWq7mC2d4WcCgGZ0f2m9u5bS8vKxJ1rT6nE","pubKeyCredParams":[{"type":"public-key","alg":-7}],"timeout":300000,"excludeCredentials":[],"authenticatorSelection":{"residentKey":"preferred","requireResidentKey":false,"userVerification":"preferred"},"hints":[],"attestation":"none","attestationFormats":[]}
        """;
}
