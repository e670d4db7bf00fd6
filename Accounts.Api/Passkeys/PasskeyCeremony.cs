using System.Text.Json.Nodes;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace Accounts.Api.Passkeys;

/// <summary>What the browser gets for its authenticator.</summary>
/// <param name="State">goes back beside the answer</param>
/// <param name="PublicKey">for <c>parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c></param>
public sealed record BegunCeremony(string State, JsonObject PublicKey);

/// <summary>
/// Asks an authenticator for a passkey or a signature, and checks the answer: the framework's handler everything but who may have the state, whether
/// the counter went back, and who was verified now.
/// </summary>
public sealed class PasskeyCeremony(PasskeyHandlers handlers, PasskeyStates states)
{
    /// <param name="user">who is signed in, with a handle</param>
    /// <param name="context">of the request</param>
    public async Task<BegunCeremony> BeginRegistrationAsync(User user, HttpContext context)
    {
        var name = $"{user.FirstName} {user.LastName}".Trim();
        var entity = new PasskeyUserEntity { Id = PasskeyStore.HandleOf(user), Name = user.Email!, DisplayName = name.Length > 0 ? name : user.UserName! };
        var made = await handlers.Of(PasskeyPurpose.Register).MakeCreationOptionsAsync(entity, context);
        var state = await states.IssueAsync(PasskeyPurpose.Register, user.Id, made.AttestationState!, context.RequestAborted);
        return new BegunCeremony(state, (JsonObject)JsonNode.Parse(made.CreationOptionsJson)!);
    }

    /// <exception cref="RefusedException">the state is not this user's registration's, was spent, or is too old; or the answer fails a check</exception>
    public async Task<NewPasskey> FinishRegistrationAsync(PresentedPasskey presented, Guid userId, HttpContext context)
    {
        if (await states.SpendAsync(presented.State, PasskeyPurpose.Register, userId, context.RequestAborted) is not { } challenge
            || await handlers.Of(PasskeyPurpose.Register).PerformAttestationAsync(
                new PasskeyAttestationContext { HttpContext = context, CredentialJson = presented.Json(), AttestationState = challenge }) is not { Succeeded: true, Passkey: { CredentialId.Length: > 0 } made })
        {
            throw new RefusedException(ErrorCode.InvalidPasskey);
        }
        return new NewPasskey(made.CredentialId, made.PublicKey, made.SignCount)
        {
            Transports = presented.Transports,
            Aaguid = Attestation.Aaguid(made.AttestationObject),
            BackupEligible = made.IsBackupEligible,
            BackedUp = made.IsBackedUp,
            UserVerified = made.IsUserVerified,
        };
    }

    /// <param name="purpose">that the state will serve for, and the requirement with it</param>
    /// <param name="user">who has to sign, and with one of their own passkeys; null for whoever has one</param>
    /// <param name="context">of the request</param>
    public async Task<BegunCeremony> BeginAsync(PasskeyPurpose purpose, User? user, HttpContext context) =>
        await IssueAsync(purpose, user?.Id, await MakeAsync(purpose, user, context), context.RequestAborted);

    /// <summary>What an authenticator is to be asked, of which nothing is kept yet.</summary>
    /// <inheritdoc cref="BeginAsync" path="/param"/>
    public Task<PasskeyRequestOptionsResult> MakeAsync(PasskeyPurpose purpose, User? user, HttpContext context) =>
        handlers.Of(purpose).MakeRequestOptionsAsync(user, context);

    /// <summary>Keeps what the answer must repeat.</summary>
    public async Task<BegunCeremony> IssueAsync(PasskeyPurpose purpose, Guid? userId, PasskeyRequestOptionsResult made, CancellationToken cancellation)
    {
        var state = await states.IssueAsync(purpose, userId, made.AssertionState!, cancellation);
        var options = (JsonObject)JsonNode.Parse(made.RequestOptionsJson)!;
        if (userId is null)
        {
            options.Remove("allowCredentials");
        }
        return new BegunCeremony(state, options);
    }

    /// <summary>The state is spent whatever comes of it. What is proved counts once <see cref="PasskeyUse"/> has recorded it.</summary>
    /// <param name="presented">by the client</param>
    /// <param name="purpose">that the state was issued for</param>
    /// <param name="userId">who it was issued to; null for whoever has a passkey</param>
    /// <param name="context">of the request</param>
    /// <exception cref="AuthenticationFailedException">the state is another's, of another purpose, was spent, or is too old; or the answer fails a check</exception>
    public async Task<ProvenPasskey> FinishAsync(PresentedPasskey presented, PasskeyPurpose purpose, Guid? userId, HttpContext context)
    {
        if (await states.SpendAsync(presented.State, purpose, userId, context.RequestAborted) is not { } challenge
            || await handlers.Of(purpose).PerformAssertionAsync(
                new PasskeyAssertionContext { HttpContext = context, CredentialJson = presented.Json(), AssertionState = challenge }) is not { Succeeded: true, Passkey: { } used, User: { } user })
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        return new ProvenPasskey(user, used.CredentialId, used.SignCount, used.IsBackedUp, presented.IsUserVerified);
    }
}
