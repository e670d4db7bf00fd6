using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Api.SignIn;

/// <summary>What stands in bodies that add a second factor in place of an access token.</summary>
public static class EnrolmentFields
{
    public const string TicketText = "Of the answer `second_factor_enrolment_required`, in place of an access token. Where both are missing, the cookie of the redirect flow counts.";

    /// <summary>Null for who is signed in and sends none.</summary>
    /// <exception cref="AuthenticationFailedException">nobody is signed in, and there is no ticket</exception>
    /// <exception cref="StepUpRequiredException">who is signed in has to prove more</exception>
    public static string? EnrolmentTicket(this FieldReader fields, Field ticket)
    {
        if (fields.Context.Features.Get<LiveSession>() is not null && (ticket.IsMissing || ticket.IsBlank || ticket.Kind == FieldKind.Null))
        {
            DemandsStepUpAttribute.DemandWithoutTicket(fields.Context);
            return null;
        }
        if (ticket.IsMissing && string.IsNullOrEmpty(fields.Context.RequestServices.GetRequiredService<PendingCookie>().Read(fields.Context, PendingCookie.Enrolment)))
        {
            throw new AuthenticationFailedException(ErrorCode.NotAuthenticated);
        }
        return fields.Pending("ticket", ticket, PendingCookie.Enrolment);
    }
}

/// <summary>The body of beginning to add a second factor; of who is signed in, nothing.</summary>
public sealed record EnrolmentRequest : IRequest<EnrolmentForm>
{
    [Described(EnrolmentFields.TicketText, Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described("Beside the ticket, until it was right once: of the mail that `login/enrolment/mail/` sends, 8 digits.", MaxLength = FieldReader.LongestCode, Example = "49203917")]
    public Field MailCode { get; init; }

    public EnrolmentForm Read(FieldReader fields) =>
        new(fields.EnrolmentTicket(Ticket), MailCode.IsMissing ? null : fields.TypedCode("mail_code", MailCode));
}

/// <param name="Ticket">null for who is signed in</param>
/// <param name="MailCode">null for none</param>
public sealed record EnrolmentForm(string? Ticket, string? MailCode)
{
    public override string ToString() => nameof(EnrolmentForm);
}
