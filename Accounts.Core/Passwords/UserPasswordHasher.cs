using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Passwords.Hashing.Foreign;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>
/// Identity's seam: Argon2id by NSec, PBKDF2 by Identity's own hasher. Which of them makes new hashes is a setting; both
/// verify, and so does what users have brought along; what neither made, or today's parameters did not, is to be hashed
/// anew. On the thread that calls it, and at once where a hash is not obeyed: <see cref="PasswordHashing"/> is who may call it.
/// </summary>
internal sealed class UserPasswordHasher(IOptions<PasswordOptions> options) : IPasswordHasher<User>
{
    private readonly PasswordOptions today = options.Value;
    private readonly PasswordHasher<User> identity = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));

    public string HashPassword(User user, string password) =>
        today.UsesArgon2id ? Argon2Hash.Of(password, today.MemoryKiB, today.Passes).ToString() : identity.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        if (Argon2Hash.Read(hashedPassword) is { } hash)
        {
            var needsRehash = !today.UsesArgon2id || hash.MemoryKiB < today.MemoryKiB || hash.Passes < today.Passes;
            return Result(hash.IsOf(providedPassword), needsRehash);
        }
        if (!IdentityHash.IsObeyed(hashedPassword))
        {
            return Result(ForeignFormats.Read(hashedPassword).Hash?.IsOf(providedPassword) ?? false, needsRehash: true);
        }
        var result = identity.VerifyHashedPassword(user, hashedPassword, providedPassword);
        return Result(result != PasswordVerificationResult.Failed, today.UsesArgon2id || result == PasswordVerificationResult.SuccessRehashNeeded);
    }

    private static PasswordVerificationResult Result(bool isRight, bool needsRehash) =>
        !isRight ? PasswordVerificationResult.Failed : needsRehash ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Success;
}
