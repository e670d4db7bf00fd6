namespace Accounts.Core.Passwords.Hashing;

/// <summary>What a Firebase project hashes passwords with: "Password hash parameters" of its console.</summary>
/// <param name="SignerKey"><c>base64_signer_key</c></param>
/// <param name="SaltSeparator"><c>base64_salt_separator</c></param>
/// <param name="Rounds"><c>rounds</c></param>
/// <param name="MemoryCost"><c>mem_cost</c>, the exponent of a power of two</param>
public sealed record FirebaseParameters(string SignerKey, string SaltSeparator, int Rounds, int MemoryCost)
{
    public override string ToString() => nameof(FirebaseParameters);
}
