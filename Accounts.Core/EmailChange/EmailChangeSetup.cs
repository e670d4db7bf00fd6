using Accounts.Core.Changes;
using Accounts.Core.MailRequests;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.EmailChange;

public static class EmailChangeSetup
{
    public static IServiceCollection AddEmailChange(this IServiceCollection services) => services
        .AddScoped<AddressChange>().AddScoped<AddressChangeMail>().AddScoped<IMailRequestPart, RequestedChange>().AddScoped<AddressMove>().AddScoped<AddressChangeConfirmation>()
        .AddScoped<IChangeReversal, AddressReversal>();
}
