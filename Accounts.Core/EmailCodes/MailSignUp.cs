using System.Globalization;
using System.Security.Cryptography;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.EmailCodes;

/// <summary>Makes an account for an address that nobody has, where that is wanted. It has no password; a reset gives it one.</summary>
public sealed class MailSignUp(
    AccountsDb db, RegistrationThrottle throttle, IOptions<RegistrationOptions> registration, IOptions<EmailCodesOptions> options, SecurityLog events)
{
    public bool IsOpen => options.Value.SignUp && registration.Value.Open;

    /// <summary>A mail to somebody unknown is what a registration causes, and is counted as one. Whoever asked is not told.</summary>
    public async Task<bool> AdmitsAsync(Device device, CancellationToken cancellation)
    {
        try
        {
            await throttle.DemandAsync(device.Ip, cancellation);
            return true;
        }
        catch (ThrottledException)
        {
            return false;
        }
    }

    /// <summary>To be saved by the caller: whether name and address are free is the unique indexes' to say.</summary>
    /// <exception cref="PermissionDeniedException">nobody may sign up any more</exception>
    public async Task<User> AddAsync(MailedToken token, Device device, CancellationToken cancellation)
    {
        if (!IsOpen)
        {
            throw new PermissionDeniedException(ErrorCode.RegistrationClosed);
        }
        var now = await db.ReadClockAsync(cancellation);
        var user = User.Register(NewUsername(), EmailAddress.Parse(token.Email), firstName: "", lastName: "", now, device.Locale);
        user.Verify(VerifiedBy.Code, now);
        db.Users.Add(user);
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        return user;
    }

    /// <summary>For who was not asked for one, and of whom nothing is known but the address, which a name must not show.</summary>
    private static Username NewUsername() => new($"user{RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture)}");
}
